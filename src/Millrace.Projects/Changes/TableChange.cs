namespace Millrace.Projects;

/// <summary>What becomes of a table when a project takes the place of another over the same data.</summary>
public enum ChangeKind
{
    /// <summary>It goes on as it is.</summary>
    Unchanged,

    /// <summary>Its topic and its state go on; what is new holds from now on.</summary>
    Kept,

    /// <summary>Its rows are computed anew, from the sources' logs.</summary>
    Rebuilt,

    /// <summary>It is new. A model's rows are computed from the sources' logs.</summary>
    Added,

    /// <summary>It is gone; its topic stays until somebody asks to prune.</summary>
    Removed,

    /// <summary>The data in the folder does not allow it.</summary>
    Refused,
}

/// <summary>What becomes of one table.</summary>
/// <param name="Name">The source or model.</param>
/// <param name="IsSource">Whether it is a source.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Reasons">Why, each a clause for a person.</param>
/// <param name="KeepsProgress">Whether its watermark, and what a dedup remembers, go on with the old ones.</param>
public sealed record TableChange(
    string Name, bool IsSource, ChangeKind Kind, IReadOnlyList<string> Reasons, bool KeepsProgress);
