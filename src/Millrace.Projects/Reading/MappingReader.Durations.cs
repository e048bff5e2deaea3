using System.Globalization;
namespace Millrace.Projects;

internal sealed partial class MappingReader
{
    private static readonly (string Suffix, long Ms)[] Units =
    [
        ("ms", 1), ("milliseconds", 1), ("millisecond", 1),
        ("s", 1000), ("sec", 1000), ("seconds", 1000), ("second", 1000),
        ("m", 60_000), ("min", 60_000), ("minutes", 60_000), ("minute", 60_000),
        ("h", 3_600_000), ("hours", 3_600_000), ("hour", 3_600_000),
        ("d", 86_400_000), ("days", 86_400_000), ("day", 86_400_000),
    ];

    /// <summary>
    /// A duration in milliseconds in one of its spellings: <c>key: 30s</c>, <c>key_ms: 30000</c>, <c>key_seconds:
    /// 30</c>.
    /// </summary>
    /// <param name="key">The key without a unit.</param>
    /// <param name="bareMs">What a bare number counts in, in milliseconds; 0 means that a number needs a unit.</param>
    public Said<long>? Duration(string key, long bareMs = 0)
    {
        Said<long>? value = null;
        (string Name, long BareMs)[] spellings = [(key, bareMs), ($"{key}_ms", 1), ($"{key}_seconds", 1000)];
        string? first = null;
        foreach ((string name, long unit) in spellings)
        {
            if (Entry(name) is null)
            {
                continue;
            }

            if (first is not null)
            {
                Diagnostics.Add(YamlDiagnostics.SaidTwice(KeyLocation(name)!, name, first));
            }

            (first, value) = (name, DurationOf(name, unit) ?? value);
        }

        return value;
    }

    /// <summary>A duration as <see cref="Duration"/> reads it, that is more than nothing.</summary>
    public Said<long>? PositiveDuration(string key, long bareMs = 0)
    {
        Said<long>? value = Duration(key, bareMs);
        if (value is not { Value: 0 })
        {
            return value;
        }

        Diagnostics.Add(YamlDiagnostics.OutOfRange(value.Location, key, "0", "more than 0"));
        return null;
    }

    /// <summary>The duration of exactly this key.</summary>
    public Said<long>? DurationOf(string key, long bareMs)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (ParseMs(text.Value.Trim(), bareMs) is { } ms)
        {
            return new Said<long>(ms, text.Location);
        }

        Diagnostics.Add(bareMs > 0 && key.EndsWith('s')
            ? YamlDiagnostics.WrongType(text.Location, key, "a number", $"\"{text.Value}\"")
            : YamlDiagnostics.BadDuration(text.Location, key, text.Value));
        return null;
    }

    private static long? ParseMs(string text, long bareMs)
    {
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        if (!decimal.TryParse(
            text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return null;
        }

        string unit = text[digits..].Trim();
        long factor = unit.Length == 0 ? bareMs : Array.Find(Units, u => u.Suffix == unit).Ms;
        return factor > 0 && number < 1_000_000_000_000m / factor ? (long)(number * factor) : null;
    }
}
