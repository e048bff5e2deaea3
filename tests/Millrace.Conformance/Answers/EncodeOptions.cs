using Millrace.Data.Json;
using Millrace.Data.Time;

namespace Millrace.Conformance.Answers;

/// <summary>The options of the JSON that a case has written.</summary>
internal static class EncodeOptions
{
    /// <summary>The options; an unknown one changes nothing, as in Flink.</summary>
    public static JsonEncodeOptions Read(IReadOnlyDictionary<string, string> given)
    {
        JsonEncodeOptions options = JsonEncodeOptions.Default;
        foreach ((string key, string value) in given)
        {
            bool isTrue = string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
            options = key switch
            {
                "json.timestamp-format.standard" => options with { Timestamps = Standard(value) },
                "json.encode.decimal-as-plain-number" => options with { DecimalAsPlainNumber = isTrue },
                "json.encode.ignore-null-fields" => options with { IgnoreNullFields = isTrue },
                "json.map-null-key.mode" => options with { MapNullKeys = Enum.Parse<MapNullKeyMode>(value, true) },
                "json.map-null-key.literal" => options with { MapNullKeyLiteral = value },
                _ => options,
            };
        }

        return options;
    }

    public static TimestampStandard Standard(string value) =>
        value == "SQL" ? TimestampStandard.Sql : TimestampStandard.Iso8601;
}
