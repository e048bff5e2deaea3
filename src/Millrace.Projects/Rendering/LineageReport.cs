using System.Text;

namespace Millrace.Projects;

/// <summary>What <c>millrace lineage</c> prints, by table or by column.</summary>
public static class LineageReport
{
    /// <summary>By table: from each source down to the exposures. By column: each model's columns with what they are
    /// made of.</summary>
    public static string Tree(CompiledProject project, bool byColumn = false)
    {
        ProjectLineage lineage = new(project);
        StringBuilder text = new();
        if (byColumn)
        {
            AppendColumns(text, lineage);
        }
        else
        {
            HashSet<string> told = new(StringComparer.Ordinal);
            foreach (LineageNode source in lineage.Nodes.Where(n => n.Inputs.Count == 0))
            {
                text.Append(source.Name).Append(" (").Append(source.Kind).Append(")\n");
                AppendReaders(text, lineage, source.Name, "", told);
            }
        }

        return text.ToString();
    }

    /// <summary>A Mermaid flow chart, for Markdown.</summary>
    public static string Mermaid(CompiledProject project, bool byColumn = false)
    {
        ProjectLineage lineage = new(project);
        StringBuilder text = new("graph LR\n");
        if (byColumn)
        {
            foreach (LineageColumn column in lineage.Columns)
            {
                foreach (ColumnSource from in column.Lineage.From)
                {
                    ColumnSource to = new(column.Table, column.Lineage.Name);
                    text.Append(
                        "  ").Append(Node(from.ToString())).Append(" --> ").Append(Node(to.ToString())).Append('\n');
                }
            }

            return text.ToString();
        }

        foreach (LineageNode node in lineage.Nodes)
        {
            text.Append("  ").Append(Node(node.Name)).Append('\n');
            foreach (string input in node.Inputs)
            {
                text.Append("  ").Append(Node(input)).Append(" --> ").Append(Node(node.Name)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>One object: <c>nodes</c> with what they read, <c>columns</c> with what they are made of.</summary>
    public static string Json(CompiledProject project) => JsonText.Of(json =>
    {
        ProjectLineage lineage = new(project);
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        foreach (LineageNode node in lineage.Nodes)
        {
            json.WriteStartObject();
            json.WriteString("name", node.Name);
            json.WriteString("kind", node.Kind);
            JsonText.WriteStrings(json, "reads", node.Inputs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach (LineageColumn column in lineage.Columns)
        {
            json.WriteStartObject();
            json.WriteString("table", column.Table);
            json.WriteString("column", column.Lineage.Name);
            JsonText.WriteStrings(json, "from", column.Lineage.From.Select(f => f.ToString()));
            json.WriteBoolean("copied", column.Lineage.CopyOf is not null);
            JsonText.WriteStrings(json, "sources", column.Roots.Select(r => r.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>What reads a table, and so on down; a table whose readers have been told already stands without
    /// them.</summary>
    private static void AppendReaders(
        StringBuilder text, ProjectLineage lineage, string table, string indent, HashSet<string> told)
    {
        LineageNode[] readers = [.. lineage.Nodes.Where(n => n.Inputs.Contains(table, StringComparer.Ordinal))];
        for (int i = 0; i < readers.Length; i++)
        {
            LineageNode reader = readers[i];
            bool isLast = i == readers.Length - 1;
            bool isLeaf = lineage.Nodes.All(n => !n.Inputs.Contains(reader.Name, StringComparer.Ordinal));
            bool isFirst = told.Add(reader.Name) || isLeaf;
            text.Append(indent).Append(isLast ? "└─ " : "├─ ").Append(reader.Name).Append(" (").Append(reader.Kind)
                .Append(isFirst ? ")\n" : "), as above\n");
            if (isFirst)
            {
                AppendReaders(text, lineage, reader.Name, indent + (isLast ? "   " : "│  "), told);
            }
        }
    }

    private static void AppendColumns(StringBuilder text, ProjectLineage lineage)
    {
        foreach (IGrouping<string, LineageColumn> table in lineage.Columns.GroupBy(c => c.Table))
        {
            text.Append(table.Key).Append('\n');
            int width = table.Max(c => c.Lineage.Name.Length);
            foreach (LineageColumn column in table)
            {
                text.Append("  ").Append(column.Lineage.Name.PadRight(width))
                    .Append(column.Lineage.CopyOf is null ? " ⇐ " : " ← ")
                    .Append(column.Lineage.From.Count == 0 ? "the number of rows, or a constant" : "")
                    .AppendJoin(", ", column.Lineage.From);
                if (!column.Roots.SequenceEqual(column.Lineage.From))
                {
                    text.Append("   [").AppendJoin(", ", column.Roots).Append(']');
                }

                text.Append('\n');
            }
        }
    }

    /// <summary>A node with its name as label; names may hold dashes and dots, which an id must not.</summary>
    private static string Node(string name)
    {
        StringBuilder id = new();
        foreach (char c in name)
        {
            id.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        return $"{id}[\"{name}\"]";
    }
}
