using Millrace.Engine;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;

namespace Millrace.Hosting.Running;

/// <summary>
/// Takes what journalled steps yield when they are done again. Where a topic holds all that they wrote
/// (<see cref="DerivedAppender.IsWhole"/>), nothing is to be written: of its rows those of each partition are counted,
/// and of every so many the first are encoded and compared with what is there. Models, a program or a log that are not
/// those that wrote the folder show in the numbers or among the rows that are compared; what is bad or late is compared
/// in full. Of a topic that has lost a tail every row is encoded: compared, or written again. Views get nothing here,
/// see <see cref="Views.ViewRefill"/>.
/// </summary>
internal sealed class ReplaySink : IStepOutput
{
    /// <summary>One of so many rows is compared.</summary>
    private const int Share = 32;

    private readonly StepSink steps;
    private readonly IReadOnlyList<DerivedAppender> topics;
    private readonly long interval;
    private readonly bool[] areWhole;
    private readonly long[] counts;

    /// <param name="steps">Takes bad and late rows.</param>
    /// <param name="topics">Set back to where the replay begins.</param>
    /// <param name="interval">Of so many rows of a model the first are compared, a 32nd part; of 1, all are.</param>
    public ReplaySink(StepSink steps, FolderTopics topics, long interval)
    {
        this.steps = steps;
        this.interval = interval;
        this.topics = topics.Models;
        areWhole = [.. this.topics.Select(t => t.IsWhole)];
        counts = new long[areWhole.Length];
    }

    public bool WantsValues(ModelSpec model)
    {
        int index = steps.IndexOf(model);
        return !areWhole[index] || counts[index] % interval < Math.Max(1, interval / Share);
    }

    public void Rows(ModelSpec model, OutputRows rows)
    {
        int index = steps.IndexOf(model);
        DerivedAppender topic = topics[index];
        counts[index] += rows.Count;
        if (!rows.HasValues)
        {
            topic.Drop(rows.Partitions.AsSpan(0, rows.Count));
            return;
        }

        RecordColumns records = rows.Records;
        for (int i = 0; i < rows.Count; i++)
        {
            NullableBytes key = records.Key(i);
            NullableBytes value = new(records.Value(i));
            if (areWhole[index])
            {
                topic.Check(rows.Partitions[i], rows.Timestamps[i], key, value);
            }
            else
            {
                topic.Append(rows.Partitions[i], rows.Timestamps[i], key, value);
            }
        }
    }

    public void Bad(in BadRow row) => steps.Bad(row);

    public void Late(in LateRow row) => steps.Late(row);
}
