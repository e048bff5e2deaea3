namespace Millrace.Projects;

/// <summary>Compares two versions of a source.</summary>
internal static class SourceComparison
{
    /// <param name="before">The source as deployed.</param>
    /// <param name="now">The source as it shall be.</param>
    /// <param name="readBefore">The columns that were read and may not fit.</param>
    /// <param name="readNow">The columns that are read and may not fit.</param>
    /// <param name="causes">Learns what changed for those who read it.</param>
    public static TableChange Compare(
        TablePrint before, TablePrint now, string[] readBefore, string[] readNow, Causes causes)
    {
        string name = now.Table.Name;
        if (Refusal(before.Table, now.Table) is { } refusal)
        {
            return new TableChange(name, true, ChangeKind.Refused, [refusal], KeepsProgress: false);
        }

        List<string> reasons = [];
        foreach ((PlanPart a, PlanPart b) in before.Parts.Zip(now.Parts).Where(p => p.First.Print != p.Second.Print))
        {
            string reason = $"the {b.Label} of {name} changed: {a.Print.Text} → {b.Print.Text}";
            causes.Add(name, "", reason);
            reasons.Add(reason);
        }

        reasons.AddRange(Types(before.Table, now.Table, causes));
        reasons.AddRange(Bad(readBefore, readNow));
        reasons.AddRange(TableSettings.Changes(before.Table, now.Table));
        string progress = ProgressText.Of(now.Table);
        if (ProgressText.Of(before.Table) != progress)
        {
            reasons.Add($"its watermark changed: {PartText.Change(ProgressText.Of(before.Table), progress)}");
        }

        ChangeKind kind = reasons.Count == 0 ? ChangeKind.Unchanged : ChangeKind.Kept;
        return new TableChange(name, true, kind, reasons, before.Progress == now.Progress);
    }

    private static string? Refusal(CompiledTable before, CompiledTable now)
    {
        if (before.Topic.Name != now.Topic.Name)
        {
            return $"its records are in topic {before.Topic.Name}, not in {now.Topic.Name}; keep the topic's name";
        }

        return before.Topic.Partitions == now.Topic.Partitions ? null
            : $"its records are in {ProgressText.Partitions(before.Topic)}, not in {now.Topic.Partitions}; "
                + "keep the number, or start with another data folder";
    }

    private static IEnumerable<string> Types(CompiledTable before, CompiledTable now, Causes causes)
    {
        foreach (CompiledColumn column in now.Columns)
        {
            if (before.Columns.FirstOrDefault(c => c.Name == column.Name) is { } old
                && old.Type.ToString() != column.Type.ToString())
            {
                string reason = $"the type of {now.Name}.{column.Name} changed: {old.Type} → {column.Type}";
                causes.Add(now.Name, column.Name, reason);
                yield return reason;
            }
        }
    }

    private static IEnumerable<string> Bad(string[] before, string[] now)
    {
        string[] more = [.. now.Except(before)];
        string[] less = [.. before.Except(now)];
        if (more.Length > 0)
        {
            yield return $"records in which {string.Join(", ", more)} does not fit are bad from now on";
        }

        if (less.Length > 0)
        {
            yield return $"records in which {string.Join(", ", less)} does not fit are no longer bad from now on";
        }
    }
}
