namespace Millrace.Recommendations;

/// <summary>
/// What is known of the visitor: the categories that the session looked at, and the items not to show again.
/// </summary>
/// <param name="Categories">Category to how often it was browsed.</param>
/// <param name="Excluded">Items already bought or in view.</param>
public sealed record SessionProfile(IReadOnlyDictionary<string, long> Categories, IReadOnlySet<string> Excluded)
{
    /// <summary>A visitor of whom nothing is known.</summary>
    public static readonly SessionProfile Unknown = new(new Dictionary<string, long>(), new HashSet<string>());
}
