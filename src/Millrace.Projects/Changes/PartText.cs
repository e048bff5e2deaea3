namespace Millrace.Projects;

/// <summary>Parts of queries in the width of a line.</summary>
internal static class PartText
{
    /// <summary>Between the items of a part that is a list.</summary>
    public const string Separator = "\n";

    private const int Longest = 100;
    private const int BeforeDifference = 30;

    public static string Short(string text) => Cut(Line(text), 0);

    /// <summary>From one to the other; of lists what came and what went.</summary>
    public static string Change(string before, string now)
    {
        string[] old = Items(before);
        string[] current = Items(now);
        int[] others = [.. Enumerable.Range(0, Math.Min(old.Length, current.Length)).Where(i => old[i] != current[i])];
        if (old.Length == current.Length && others.Length == 1)
        {
            return Pair(old[others[0]], current[others[0]]);
        }

        string[] more = [.. current.Except(old).Select(i => $"also {Short(i)}")];
        string[] less = [.. old.Except(current).Select(i => $"no longer {Short(i)}")];
        return more.Length + less.Length == 0 ? "in another order" : string.Join(", ", more.Concat(less));
    }

    /// <summary>From one to the other: of long ones what is about the first difference.</summary>
    public static string Pair(string before, string now)
    {
        string old = Line(before);
        string current = Line(now);
        int start = Math.Max(old.Length, current.Length) <= Longest ? 0
            : Math.Max(0, old.AsSpan().CommonPrefixLength(current) - BeforeDifference);
        return $"{Cut(old, start)} → {Cut(current, start)}";
    }

    private static string Line(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Cut(string line, int start)
    {
        string text = start == 0 ? line : $"…{line[start..]}";
        return text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }

    private static string[] Items(string text) => text.Length == 0 ? [] : text.Split(Separator);
}
