using System.Text;

namespace Millrace.Projects;

/// <summary>What changes when a project takes the place of another, for people and for programs.</summary>
public static class ChangesReport
{
    /// <summary>A line per table and one per reason.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="notes">What else is to be said of a table, by its name.</param>
    public static string Text(ProjectChanges changes, IReadOnlyDictionary<string, string[]>? notes = null)
    {
        StringBuilder text = new();
        int width = changes.Tables.Max(t => t.Name.Length);
        foreach (TableChange table in changes.Tables)
        {
            string[] lines = [.. table.Reasons, .. notes?.GetValueOrDefault(table.Name) ?? []];
            text.Append(table.Name.PadRight(width)).Append("  ");
            text.Append(lines.Length == 0 ? Word(table.Kind) : $"{Word(table.Kind),-9}  {lines[0]}").Append('\n');
            foreach (string line in lines.Skip(1))
            {
                text.Append(' ', width + 13).Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// An object: <c>first</c>, <c>needs_consent</c>, <c>tables</c> with <c>change</c> and <c>reasons</c>,
    /// <c>retired</c>.
    /// </summary>
    /// <param name="changes">The changes.</param>
    /// <param name="notes">What else is to be said of a table, by its name.</param>
    /// <param name="needsConsent">Whether somebody has to agree.</param>
    /// <param name="retired">Topics of models that had gone before.</param>
    public static string Json(
        ProjectChanges changes, IReadOnlyDictionary<string, string[]> notes, bool needsConsent,
        IReadOnlyList<string> retired) =>
        JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("first", changes.IsFirst);
            json.WriteBoolean("needs_consent", needsConsent);
            json.WriteStartArray("tables");
            foreach (TableChange table in changes.Tables)
            {
                json.WriteStartObject();
                json.WriteString("name", table.Name);
                json.WriteString("kind", table.IsSource ? "source" : "model");
                json.WriteString("change", Word(table.Kind));
                JsonText.WriteStrings(json, "reasons", table.Reasons);
                if (notes.GetValueOrDefault(table.Name) is { Length: > 0 } more)
                {
                    JsonText.WriteStrings(json, "notes", more);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            JsonText.WriteStrings(json, "retired", retired);
            json.WriteEndObject();
        });

    private static string Word(ChangeKind kind) => kind.ToString().ToLowerInvariant();
}
