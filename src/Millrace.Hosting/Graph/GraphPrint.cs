using System.Security.Cryptography;
using System.Text;
using Millrace.Engine;
using Millrace.Plans;

namespace Millrace.Hosting.Graph;

/// <summary>A fingerprint of all in a graph that its rows depend on, and of a little more.</summary>
internal static class GraphPrint
{
    public static string Of(EngineGraph graph)
    {
        StringBuilder text = new();
        foreach (TopicSpec topic in graph.Topics)
        {
            text.AppendLine($"{topic.Name}: {topic.Schema}; {topic.Partitions} {topic.KeyColumn} {topic.Watermark}");
            text.AppendLine($"{topic.IdleAfterMs} {topic.CloseWhenIdle} {topic.Versioning} {topic.Dedup}");
        }

        foreach (ModelSpec model in graph.Models)
        {
            text.AppendLine($"{model.Name}: {ExplainPrinter.Print(model.Plan)}");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
