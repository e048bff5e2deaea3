namespace Millrace.Diagnostics;

/// <summary>Finds the name that was probably meant: the nearest by Damerau-Levenshtein distance, if it is near
/// enough.</summary>
public static class Suggestion
{
    /// <summary>The best candidate for a misspelt name, or null when none is near (distance above a third of its
    /// length).</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int limit = Math.Max(1, name.Length / 3);
        foreach (string candidate in candidates)
        {
            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance <= limit)
            {
                (best, limit) = (candidate, distance - 1);
            }
        }

        return best;
    }

    /// <summary>A help sentence, <c>did you mean "x"?</c>, or the list of what there is when nothing is near.</summary>
    public static string DidYouMean(string name, IReadOnlyCollection<string> candidates)
    {
        return Nearest(name, candidates) is { } near
            ? $"did you mean \"{near}\"?"
            : $"there are: {string.Join(", ", candidates)}";
    }

    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
