namespace Millrace.Projects;

/// <summary>Parts of queries in the width of a line.</summary>
internal static class PartText
{
    /// <summary>Between the items of a part that is a list.</summary>
    public const string Separator = "\n";

    private const int Longest = 100;

    public static string Short(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : line[..(Longest - 1)] + "…";
    }

    /// <summary>From one to the other; of lists what came and what went.</summary>
    public static string Change(string before, string now)
    {
        string[] old = Items(before);
        string[] current = Items(now);
        int[] others = [.. Enumerable.Range(0, Math.Min(old.Length, current.Length)).Where(i => old[i] != current[i])];
        if (old.Length == current.Length && others.Length == 1)
        {
            return $"{Short(old[others[0]])} → {Short(current[others[0]])}";
        }

        string[] more = [.. current.Except(old).Select(i => $"also {Short(i)}")];
        string[] less = [.. old.Except(current).Select(i => $"no longer {Short(i)}")];
        return more.Length + less.Length == 0 ? "in another order" : string.Join(", ", more.Concat(less));
    }

    private static string[] Items(string text) => text.Length == 0 ? [] : text.Split(Separator);
}
