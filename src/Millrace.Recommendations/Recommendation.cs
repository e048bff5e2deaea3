namespace Millrace.Recommendations;

/// <summary>Why an item is recommended.</summary>
public enum Reason
{
    /// <summary>Popular in a category that the session browsed.</summary>
    BrowsedCategory,

    /// <summary>Popular in the whole shop.</summary>
    Popular,
}

/// <summary>A recommended item: its id, its category, its score over the newest windows, and why.</summary>
public sealed record Recommendation(string Item, string? Category, double Score, Reason Reason);
