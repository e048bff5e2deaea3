using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Hosting.Views;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;

namespace Millrace.Hosting.Deployments;

/// <summary>The topics of a model that is computed anew, and its readable rows.</summary>
/// <param name="Rows">Its own.</param>
/// <param name="Bad">Rows on which it failed.</param>
/// <param name="Late">Rows that came too late for it.</param>
/// <param name="Final">Its view.</param>
internal sealed record RebuiltModel(DerivedAppender Rows, DerivedAppender Bad, DerivedAppender Late, RowStore Final)
{
    public IEnumerable<DerivedAppender> Appenders => [Rows, Bad, Late];
}

/// <summary>
/// Takes what a rebuild yields to the new topics. What comes of the tables that it only passes through is there
/// already.
/// </summary>
internal sealed class RebuildSink(EngineGraph graph, IReadOnlyDictionary<string, RebuiltModel> models) : IStepOutput
{
    private readonly BadRowText text = new();

    /// <summary>Where the steps' inputs come from; set before the first.</summary>
    public StepFeed Feed { get; set; } = null!;

    public void Rows(ModelSpec model, OutputRows rows)
    {
        if (!models.TryGetValue(model.Name, out RebuiltModel? target))
        {
            return;
        }

        for (int i = 0; i < rows.Count; i++)
        {
            bool hasKey = rows.KeyLengths[i] >= 0;
            ReadOnlySpan<byte> key = rows.Key(i);
            ReadOnlySpan<byte> value = rows.Value(i);
            NullableBytes recordKey = hasKey ? new NullableBytes(key) : NullableBytes.Null;
            target.Rows.Append(rows.Partitions[i], rows.Timestamps[i], recordKey, new NullableBytes(value));
            target.Final.Append(key, hasKey, value, rows.Timestamps[i], rows.Partitions[i]);
        }
    }

    // What a model fails on stands in the bad topic of the table that it reads. That one may go on as it is; then the
    // rows of the past stand in the model's own.
    public void Bad(in BadRow row)
    {
        if (!models.TryGetValue(row.Topic.Name, out RebuiltModel? target)
            && (row.Model is null || !models.TryGetValue(row.Model.Name, out target)))
        {
            return;
        }

        int partition = -1;
        long offset = -1;
        long timestamp = 0;
        if (row.Topic.IsSource && row.Record >= 0)
        {
            int source = graph.IndexOfTopic(row.Topic.Name);
            (partition, offset) = Feed.Locate(source, row.Record);
            timestamp = Feed.Input.Sources[source].Timestamps[row.Record];
        }

        ReadOnlySpan<byte> value = text.Bad(row, partition, offset);
        target!.Bad.Append(0, timestamp, NullableBytes.Null, new NullableBytes(value));
    }

    public void Late(in LateRow row)
    {
        if (models.TryGetValue(row.Model.Name, out RebuiltModel? target))
        {
            target.Late.Append(0, row.WindowEnd, NullableBytes.Null, new NullableBytes(text.Late(row)));
        }
    }
}
