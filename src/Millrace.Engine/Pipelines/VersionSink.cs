using Millrace.Engine.Flow;
using Millrace.Engine.Operators;

namespace Millrace.Engine.Pipelines;

/// <summary>Makes a pipeline's rows versions.</summary>
internal sealed class VersionSink(VersionWriter writer, TopicRows topic, int lanes) : IPipelineSink
{
    private readonly FlowBatch?[] rows = new FlowBatch?[lanes];

    public bool NeedsWholeRound => false;

    public void Accept(int lane, FlowBatch? flow) => rows[lane] = flow;

    public void Complete()
    {
        foreach (FlowBatch? flow in rows)
        {
            if (flow is not null)
            {
                writer.Write(flow, topic);
            }
        }
    }
}
