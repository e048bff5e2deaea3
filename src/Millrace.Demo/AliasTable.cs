namespace Millrace.Demo;

/// <summary>Draws an index with given weights in constant time (Vose's alias method).</summary>
internal sealed class AliasTable
{
    private readonly double[] keep;
    private readonly int[] other;

    public AliasTable(IReadOnlyList<double> weights)
    {
        int n = weights.Count;
        keep = new double[n];
        other = new int[n];
        double sum = weights.Sum();
        Stack<int> small = new();
        Stack<int> large = new();
        for (int i = 0; i < n; i++)
        {
            keep[i] = weights[i] * n / sum;
            other[i] = i;
            (keep[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            int low = small.Pop();
            int high = large.Peek();
            other[low] = high;
            keep[high] -= 1 - keep[low];
            if (keep[high] < 1)
            {
                small.Push(large.Pop());
            }
        }

        // What is left is 1 but for rounding.
        foreach (int i in small.Concat(large))
        {
            keep[i] = 1;
        }
    }

    /// <summary>Zipf's law: the i-th of n has weight 1 / (i + 1)^exponent.</summary>
    public static AliasTable Zipf(int n, double exponent) =>
        new([.. Enumerable.Range(1, n).Select(i => Math.Pow(i, -exponent))]);

    public int Draw(ref ShopRandom random)
    {
        int i = random.Below(keep.Length);
        return random.Unit() < keep[i] ? i : other[i];
    }
}
