using System.Globalization;

namespace Millrace.Storage.Snapshots;

/// <summary>
/// Names of snapshot files: <c>&lt;20-digit number&gt;.snapshot</c>, with <c>.new</c> behind it until complete.
/// </summary>
internal static class SnapshotName
{
    public const string Suffix = ".snapshot";
    public const string UnfinishedSuffix = ".snapshot.new";
    private const int Digits = 20;

    public static string Of(long number, string suffix = Suffix) =>
        number.ToString("D20", CultureInfo.InvariantCulture) + suffix;

    public static bool TryParse(string name, string suffix, out long number)
    {
        number = 0;
        return name.Length == Digits + suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
