namespace Millrace.Projects;

/// <summary>
/// Compares two versions of a model. Rows that were written must be rows of the new version, and what the engine
/// remembers must fit; else the model is computed anew.
/// </summary>
internal sealed class ModelComparison
{
    private readonly TablePrint before;
    private readonly TablePrint now;
    private readonly Causes causes;
    private readonly List<string> rebuilt = [];
    private readonly List<string> state = [];
    private readonly List<string> kept = [];

    public ModelComparison(TablePrint before, TablePrint now, Causes causes)
    {
        this.before = before;
        this.now = now;
        this.causes = causes;
    }

    private string Name => now.Table.Name;

    public TableChange Compare()
    {
        CompareTopics();
        CompareParts();
        CompareColumns();
        CompareProgress();
        AddState();
        kept.AddRange(TableSettings.Changes(before.Table, now.Table));
        bool keepsProgress = before.Progress == now.Progress;
        return rebuilt.Count > 0
            ? new TableChange(Name, false, ChangeKind.Rebuilt, rebuilt, keepsProgress)
            : new TableChange(
                Name, false, kept.Count > 0 ? ChangeKind.Kept : ChangeKind.Unchanged, kept, keepsProgress);
    }

    private void CompareTopics()
    {
        (CompiledTable a, CompiledTable b) = (before.Table, now.Table);
        if (a.Topic.Name != b.Topic.Name)
        {
            rebuilt.Add($"its topic is called otherwise: {a.Topic.Name} → {b.Topic.Name}");
        }

        if (a.Topic.Partitions != b.Topic.Partitions)
        {
            rebuilt.Add($"its topic's partitions changed: {a.Topic.Partitions} → {b.Topic.Partitions}");
        }

        string? oldKey = KeyOf(a);
        string? key = KeyOf(b);
        if (oldKey != key)
        {
            rebuilt.Add($"its key changed: {oldKey ?? "none"} → {key ?? "none"}");
        }
    }

    private void CompareParts()
    {
        List<PlanPart> rest = [.. before.Parts];
        bool hasOtherRows = false;
        foreach (PlanPart part in now.Parts)
        {
            PlanPart? old = rest.FirstOrDefault(p => p.Label == part.Label);
            if (old is not null)
            {
                rest.Remove(old);
            }

            if (old?.Print.Deep != part.Print.Deep)
            {
                hasOtherRows |= Compare(old, part);
            }
        }

        foreach (PlanPart gone in rest)
        {
            hasOtherRows |= gone.Kind == PartKind.Rows;
            string text = PartText.Short(gone.Print.Text);
            Direct($"{gone.Label} is gone: {text}", gone.Kind, $"{gone.Label} of {Name} is gone");
        }

        if (hasOtherRows || before.Rows != now.Rows)
        {
            causes.Add(Name, "", $"the rows of {Name} changed");
        }
    }

    /// <summary>A part that is new or not what it was.</summary>
    private bool Compare(PlanPart? old, PlanPart part)
    {
        if (old is null)
        {
            string text = PartText.Short(part.Print.Text);
            Direct($"{part.Label} is new: {text}", part.Kind, $"{part.Label} of {Name} is new");
        }
        else if (old.Print.Text != part.Print.Text)
        {
            string change = PartText.Change(old.Print.Text, part.Print.Text);
            PartKind kind = old.Kind == PartKind.Rows ? old.Kind : part.Kind;
            Direct($"{part.Label} changed: {change}", kind, $"{part.Label} of {Name} changed");
        }
        else
        {
            Indirect(part);
        }

        return part.Kind == PartKind.Rows;
    }

    private void Direct(string reason, PartKind kind, string cause)
    {
        if (kind == PartKind.Failures)
        {
            kept.Add($"{reason}; rows on which it fails are bad from now on");
        }
        else
        {
            (kind == PartKind.Rows ? rebuilt : state).Add(reason);
        }

        if (kind != PartKind.State)
        {
            causes.Add(Name, "", cause);
        }
    }

    /// <summary>A part that reads as before and means something else: something upstream changed.</summary>
    private void Indirect(PlanPart part)
    {
        string cause = causes.Of(part.Print.From) ?? "what it reads changed";
        if (part.Kind != PartKind.Rows)
        {
            state.Add($"{part.Label} changed: {cause}");
        }
        else if (!rebuilt.Any(r => r.EndsWith(cause, StringComparison.Ordinal)))
        {
            rebuilt.Add($"it reads other rows: {cause}");
        }

        if (part.Kind == PartKind.Rows)
        {
            causes.Add(Name, "", cause);
        }
    }

    /// <summary>What the engine remembers follows from the columns; it is told where these say nothing.</summary>
    private void AddState()
    {
        if (rebuilt.Count == 0)
        {
            rebuilt.AddRange(state);
        }
    }

    private void CompareColumns()
    {
        bool hasSameRows = before.Rows == now.Rows;
        foreach ((string column, Print print) in now.Columns)
        {
            if (!before.Columns.TryGetValue(column, out Print? old))
            {
                kept.Add($"column {column} is new: it is missing in rows from before");
            }
            else if (old.Text != print.Text && old.Deep != print.Deep)
            {
                rebuilt.Add($"column {column} changed: {PartText.Pair(old.Text, print.Text)}");
                causes.Add(Name, column, $"column {column} of {Name} changed");
            }
            else if (hasSameRows && old.Deep != print.Deep)
            {
                CompareMeaning(column, print);
            }
        }

        foreach (string column in before.Columns.Keys.Where(c => !now.Columns.ContainsKey(c)))
        {
            kept.Add($"column {column} is gone: rows from before still have it");
        }

        if (kept.Count == 0 && !before.Columns.Keys.SequenceEqual(now.Columns.Keys))
        {
            kept.Add("the order of its columns changed");
        }
    }

    private void CompareMeaning(string column, Print print)
    {
        string cause = causes.Of(print.From) ?? TypeChange(column) ?? "what it reads changed";
        causes.Add(Name, column, cause);
        rebuilt.Add($"column {column} has other values: {cause}");
    }

    private string? TypeChange(string column)
    {
        string old = before.Table.Columns.First(c => c.Name == column).Type.ToString();
        string type = now.Table.Columns.First(c => c.Name == column).Type.ToString();
        return old == type ? null : $"its type changed: {old} → {type}";
    }

    /// <summary>The watermark of a model's topic matters to those who read it, and not to its own rows.</summary>
    private void CompareProgress()
    {
        (string old, string current) = (ProgressText.Of(before.Table), ProgressText.Of(now.Table));
        if (old != current)
        {
            kept.Add($"its watermark changed: {PartText.Change(old, current)}");
        }
    }

    private static string? KeyOf(CompiledTable table) =>
        table.KeyColumn is { } column ? table.Columns[column].Name : null;
}
