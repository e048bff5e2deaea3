namespace Millrace.Recommendations;

/// <summary>
/// One row of a popularity window: an item with its score there. The same item may come several times, once per
/// window.
/// </summary>
/// <param name="Item">The item's id.</param>
/// <param name="Category">Its category, or null where the catalogue does not say.</param>
/// <param name="Score">Its popularity in the window; larger is more popular.</param>
public readonly record struct Candidate(string Item, string? Category, double Score);
