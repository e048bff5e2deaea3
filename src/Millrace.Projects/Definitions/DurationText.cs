using System.Globalization;

namespace Millrace.Projects;

/// <summary>Writes milliseconds as a user writes a duration: <c>30s</c>, <c>2m</c>, <c>24h</c>, <c>500ms</c>.</summary>
public static class DurationText
{
    private static readonly (string Unit, long Ms)[] Units = [("h", 3_600_000), ("m", 60_000), ("s", 1000)];

    public static string Of(long ms)
    {
        (string unit, long size) = Array.Find(Units, u => ms != 0 && ms % u.Ms == 0);
        string text = (unit is null ? ms : ms / size).ToString(CultureInfo.InvariantCulture);
        return text + (unit ?? (ms == 0 ? "s" : "ms"));
    }
}
