using System.Text;

namespace Millrace.Plans;

/// <summary>EXPLAIN: the plan as an indented tree, each node with the properties that it derived.</summary>
public static class ExplainPrinter
{
    public static string Print(PlanNode root)
    {
        StringBuilder text = new();
        Append(text, root, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, PlanNode node, int depth)
    {
        string indent = new(' ', depth * 2);
        text.Append(indent).Append(node.Describe()).Append('\n');
        text.Append(indent).Append("  -> ").AppendJoin(", ", node.Fields).Append(" [").Append(
            node.Changelog.ToString().ToLowerInvariant());
        if (node.UniqueKey is { } key)
        {
            text.Append(", key: ").AppendJoin(", ", key.Select(k => node.Fields[k].Name));
        }

        text.Append("]\n");
        foreach (PlanNode input in node.Inputs)
        {
            Append(text, input, depth + 1);
        }
    }
}
