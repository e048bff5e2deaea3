using System.Globalization;

namespace Millrace.Projects;

internal sealed partial class MappingReader
{
    public Said<int>? Int(string key, int min = 1, int max = int.MaxValue)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            Diagnostics.Add(YamlDiagnostics.WrongType(text.Location, key, "a whole number", $"\"{text.Value}\""));
            return null;
        }

        if (value < min || value > max)
        {
            string range = max == int.MaxValue ? $"{min} or more" : $"between {min} and {max}";
            Diagnostics.Add(YamlDiagnostics.OutOfRange(text.Location, key, text.Value, range));
            return null;
        }

        return new Said<int>((int)value, text.Location);
    }

    public Said<long>? Long(string key, long min)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            Diagnostics.Add(YamlDiagnostics.WrongType(text.Location, key, "a whole number", $"\"{text.Value}\""));
            return null;
        }

        if (value < min)
        {
            Diagnostics.Add(YamlDiagnostics.OutOfRange(text.Location, key, text.Value, $"{min} or more"));
            return null;
        }

        return new Said<long>(value, text.Location);
    }

    public Said<decimal>? Number(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
        {
            return new Said<decimal>(value, text.Location);
        }

        Diagnostics.Add(YamlDiagnostics.WrongType(text.Location, key, "a number", $"\"{text.Value}\""));
        return null;
    }

    /// <summary>A number that is not negative.</summary>
    public Said<decimal>? Amount(string key)
    {
        Said<decimal>? number = Number(key);
        if (number is { Value: < 0 })
        {
            Diagnostics.Add(YamlDiagnostics.OutOfRange(
                number.Location, key, number.Value.ToString(CultureInfo.InvariantCulture), "0 or more"));
            return null;
        }

        return number;
    }

    /// <summary>A percentage, with or without the sign.</summary>
    public Said<decimal>? Percent(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        string digits = text.Value.TrimEnd().TrimEnd('%').TrimEnd();
        if (decimal.TryParse(
            digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value is >= 0 and <= 100)
        {
            return new Said<decimal>(value, text.Location);
        }

        Diagnostics.Add(
            YamlDiagnostics.OutOfRange(text.Location, key, $"\"{text.Value}\"", "a percentage between 0 and 100"));
        return null;
    }

    public Said<bool>? Bool(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        bool? value = text.Value switch
        {
            "true" or "True" or "TRUE" or "yes" or "on" => true,
            "false" or "False" or "FALSE" or "no" or "off" => false,
            _ => null,
        };
        if (value is null)
        {
            Diagnostics.Add(YamlDiagnostics.WrongType(text.Location, key, "true or false", $"\"{text.Value}\""));
        }

        return value is null ? null : new Said<bool>(value.Value, text.Location);
    }
}
