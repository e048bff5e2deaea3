namespace Millrace.Tidy.Symbols;

/// <summary>A line of <c>eng/banned.txt</c>.</summary>
/// <param name="Prefix">A namespace, a type, or a member.</param>
/// <param name="Instead">What to do instead.</param>
/// <param name="Except">Name or namespace of the types that may; or null.</param>
public sealed record BannedSymbol(string Prefix, string Instead, string? Except)
{
    public bool Matches(Use use) => Covers(Prefix, use.Member) && (Except is null || !Covers(Except, use.Type));

    private static bool Covers(string prefix, string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
            && (name.Length == prefix.Length || name[prefix.Length] is '.' or '(');
}

/// <summary>Law 6: below Hosting no ambient clock, thread, disk, randomness or environment.</summary>
public static class BannedSymbols
{
    public static IReadOnlyList<BannedSymbol> Parse(string text) =>
        [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').Select(ParseLine)];

    public static IEnumerable<string> Check(IReadOnlyList<BannedSymbol> banned, string project, Stream assembly) =>
        from use in AssemblyUses.Read(assembly).Distinct()
        from symbol in banned
        where symbol.Matches(use)
        select $"{project}: {use.Type}.{use.Method} uses {use.Member}; {symbol.Instead}";

    private static BannedSymbol ParseLine(string line)
    {
        string[] halves = line.Split(": ", 2);
        string[] rest = halves[1].Split(", except ", 2);
        return new BannedSymbol(halves[0], rest[0], rest.Length > 1 ? rest[1] : null);
    }
}
