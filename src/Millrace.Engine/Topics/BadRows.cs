using Millrace.Engine.Flow;

namespace Millrace.Engine.Topics;

/// <summary>Collects the bad rows of a round and puts them out in an order that does not depend on how rows were
/// shared.</summary>
internal sealed class BadRows(EngineGraph graph, EngineStatistics statistics)
{
    /// <summary>What was reported in this round: per operator in order of rows.</summary>
    public List<BadReport> Reports { get; } = [];

    /// <summary>Puts them out per topic by position, then row, then the operator that failed.</summary>
    public void Write(StepInput input, TopicState[] topics, IStepOutput output)
    {
        if (Reports.Count == 0)
        {
            return;
        }

        IOrderedEnumerable<BadReport> ordered = Reports
            .OrderBy(r => r.Topic)
            .ThenBy(r => r.Position)
            .ThenBy(r => r.Event)
            .ThenBy(r => r.Model is null ? -1 : IndexOf(r.Model))
            .ThenBy(r => r.Operator);
        foreach (BadReport report in ordered)
        {
            Write(report, input, topics[report.Topic].Rows, output);
        }

        Reports.Clear();
    }

    private void Write(BadReport report, StepInput input, TopicRows rows, IStepOutput output)
    {
        statistics.Topics[report.Topic].Bad++;
        int record = report.Record;
        ReadOnlySpan<byte> original = report.Original;
        if (record >= 0)
        {
            TopicRecords records = input.Sources[report.Topic];
            original = records.Buffer.AsSpan(records.Starts[record], Math.Max(0, records.Lengths[record]));
        }
        else if (report.Original is null && report.Event < rows.Count)
        {
            TopicSlice slice = rows.Find(report.Event, out int row);
            record = slice.Records is null ? -1 : slice.RecordIndexes[row];
            original = slice.Original(row);
        }

        output.Bad(new BadRow
        {
            Topic = graph.Topics[report.Topic],
            Model = report.Model,
            Reason = report.Reason,
            Message = report.Message,
            Position = report.Position,
            Record = record,
            Original = original,
        });
    }

    private int IndexOf(ModelSpec model)
    {
        for (int i = 0; i < graph.Models.Count; i++)
        {
            if (ReferenceEquals(graph.Models[i], model))
            {
                return i;
            }
        }

        return -1;
    }
}
