namespace Millrace.Engine.Aggregates;

/// <summary>Arrays over group numbers, which grow by doubling.</summary>
internal static class GroupArray
{
    /// <summary>Makes room for that many; new ones are zero.</summary>
    public static void Ensure<T>(ref T[] array, int groups)
    {
        if (array.Length < groups)
        {
            Array.Resize(ref array, Math.Max(groups, Math.Max(16, array.Length * 2)));
        }
    }
}
