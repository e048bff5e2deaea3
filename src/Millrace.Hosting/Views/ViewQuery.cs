namespace Millrace.Hosting.Views;

/// <summary>Which rows of a model a query wants.</summary>
public enum ViewParts
{
    LiveAndFinal,

    /// <summary>Rows of closed windows, and of models without windows: what stands in the topic.</summary>
    FinalOnly,

    /// <summary>Rows of open windows, as they would be if the windows closed now.</summary>
    LiveOnly,
}

/// <summary>
/// Asks that a column has a value: text as it is, numbers by value, times as the row writes them; empty text is not
/// NULL.
/// </summary>
public sealed record ViewFilter(string Column, string Value);

/// <summary>
/// A question to the readable rows of a model. Without an order: live rows first, then final ones, newest first.
/// </summary>
public sealed record ViewQuery
{
    /// <summary>The model's key; null for all keys.</summary>
    public string? Key { get; init; }

    public IReadOnlyList<ViewFilter> Filters { get; init; } = [];

    /// <summary>The column to order by; NULLs come last either way.</summary>
    public string? OrderBy { get; init; }

    public bool Descending { get; init; }

    public int Limit { get; init; } = 100;

    /// <summary>Only rows of so many newest windows, open ones included; for models with a window.</summary>
    public int? NewestWindows { get; init; }

    public ViewParts Parts { get; init; } = ViewParts.LiveAndFinal;
}
