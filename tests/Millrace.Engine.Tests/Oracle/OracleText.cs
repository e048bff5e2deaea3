using System.Globalization;

namespace Millrace.Engine.Tests.Oracle;

/// <summary>An instant, printed with a Z.</summary>
internal readonly record struct Instant(long Ms);

/// <summary>A wall time, printed without a zone.</summary>
internal readonly record struct WallTime(long Ms);

/// <summary>Values as a topic's JSON shows them.</summary>
internal static class OracleText
{
    public static string Of(object? value) => value switch
    {
        null => "NULL",
        Instant i => Time(i.Ms) + "Z",
        WallTime w => Time(w.Ms),
        string text => text,
        IEnumerable<string> set => $"{{{string.Join(",", set.Order(StringComparer.Ordinal).Select(s => $"{s}:1"))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // The fraction without its trailing zeros, none at all when it is zero.
    private static string Time(long ms) =>
        DateTime.UnixEpoch.AddMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ss.FFF", CultureInfo.InvariantCulture);
}
