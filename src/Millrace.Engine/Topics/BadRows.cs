using Millrace.Engine.Flow;

namespace Millrace.Engine.Topics;

/// <summary>Collects the bad rows of a round and puts them out in an order that does not depend on how rows were
/// shared.</summary>
internal sealed class BadRows
{
    private readonly EngineGraph graph;
    private readonly EngineStatistics statistics;
    private readonly Comparison<int> byPlace;
    private int[] order = [];

    public BadRows(EngineGraph graph, EngineStatistics statistics)
    {
        this.graph = graph;
        this.statistics = statistics;
        byPlace = Compare;
    }

    /// <summary>What was reported in this round: per operator in order of rows.</summary>
    public List<BadReport> Reports { get; } = [];

    /// <summary>Puts them out per topic by position, then row, then the operator that failed.</summary>
    public void Write(StepInput input, TopicState[] topics, IStepOutput output)
    {
        if (Reports.Count == 0)
        {
            return;
        }

        foreach (int report in Ordered())
        {
            Write(Reports[report], input, topics[Reports[report].Topic].Rows, output);
        }

        Reports.Clear();
    }

    private ReadOnlySpan<int> Ordered()
    {
        if (order.Length < Reports.Count)
        {
            order = new int[Math.Max(Reports.Count, order.Length * 2)];
        }

        Span<int> numbers = order.AsSpan(0, Reports.Count);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        numbers.Sort(byPlace);
        return numbers;
    }

    // Of two reports that agree in all this the earlier one comes first.
    private int Compare(int left, int right)
    {
        BadReport a = Reports[left];
        BadReport b = Reports[right];
        return a.Topic != b.Topic ? a.Topic.CompareTo(b.Topic)
            : a.Position != b.Position ? a.Position.CompareTo(b.Position)
            : a.Event != b.Event ? a.Event.CompareTo(b.Event)
            : !ReferenceEquals(a.Model, b.Model) ? IndexOf(a.Model).CompareTo(IndexOf(b.Model))
            : a.Operator != b.Operator ? a.Operator.CompareTo(b.Operator)
            : left.CompareTo(right);
    }

    private void Write(in BadReport report, StepInput input, TopicRows rows, IStepOutput output)
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

    private int IndexOf(ModelSpec? model)
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
