using Millrace.Conformance.Corpus;
using Millrace.Data.Json;
using Millrace.Data.Time;
using Millrace.Testing.Runs;
using Millrace.Testing.Tables;

namespace Millrace.Conformance.Answers;

/// <summary>Makes Millrace's tables of a case's tables, or says what they have that is not supported.</summary>
internal static class TableReader
{
    public static (TestTable? Table, string? Problem) Read(CorpusTable table)
    {
        if (table.IsChangelog)
        {
            return (null, $"{table.Name}: an updating input");
        }

        if (table.PrimaryKey.Count > 0 && table.Watermark is null)
        {
            return (null, $"{table.Name}: a declared primary key without event time");
        }

        (JsonDecodeOptions? options, string? problem) = Options(table.Options);
        if (options is null)
        {
            return (null, problem);
        }

        TableText text = new(
            table.Name,
            [.. table.Columns.Select(c => new ColumnText(c.Name, c.Type))],
            table.Watermark,
            table.Versions?.Key ?? table.PrimaryKey,
            table.Versions?.At ?? (table.PrimaryKey.Count > 0 ? WatermarkText.Parse(table.Watermark!)?.Column : null),
            IsLatestOnly: table.Versions is not null,
            MeetsNullKeys: table.Versions is not null);
        (TestTable? built, string? wrong) = text.Build(QueryCompilation.ParseType);
        return built is null
            ? (null, wrong)
            : built.Topic.Schema.Columns.FirstOrDefault(c => !JsonFormat.Supports(c.Type)) is { } column
            ? (null, $"{table.Name}: JSON has no {column.Type}")
            : (built with { Topic = built.Topic with { Json = options } }, null);
    }

    /// <summary>The tables of the corpus read ISO-8601 timestamps, where they do not say otherwise.</summary>
    private static (JsonDecodeOptions? Options, string? Problem) Options(IReadOnlyDictionary<string, string> given)
    {
        JsonDecodeOptions options = new() { Timestamps = TimestampStandard.Iso8601 };
        foreach ((string key, string value) in given)
        {
            bool isTrue = string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
            switch (key)
            {
                case "json.timestamp-format.standard":
                    options = options with { Timestamps = EncodeOptions.Standard(value) };
                    break;
                case "json.ignore-parse-errors":
                    options = options with { IgnoreParseErrors = isTrue };
                    break;
                case "json.fail-on-missing-field":
                    options = options with { FailOnMissingField = isTrue };
                    break;
                default:
                    return (null, $"option {key} = {value}");
            }
        }

        return options is { IgnoreParseErrors: true, FailOnMissingField: true }
            ? (null, "options that contradict each other")
            : (options, null);
    }
}
