namespace Millrace.Data.Numbers;

/// <summary>Powers of ten as DECIMAL needs them.</summary>
public static class DecimalPowers
{
    private static readonly Int128[] Table = Make();
    private static readonly ulong[] Small = [.. Table[..20].Select(p => (ulong)p)];

    /// <summary>10 to the power of n, 0 ≤ n ≤ 38.</summary>
    public static Int128 Of(int n) => Table[n];

    /// <summary>10 to the power of n, 0 ≤ n ≤ 19.</summary>
    public static ulong OfUInt64(int n) => Small[n];

    private static Int128[] Make()
    {
        Int128[] table = new Int128[SqlType.MaxDecimalPrecision + 1];
        table[0] = 1;
        for (int i = 1; i < table.Length; i++)
        {
            table[i] = table[i - 1] * 10;
        }

        return table;
    }
}
