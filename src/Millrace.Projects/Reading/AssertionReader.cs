using System.Globalization;
using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Reads an item of <c>assertions:</c>: a mapping with one key, the assertion's name.</summary>
internal static class AssertionReader
{
    public static AssertionDefinition? Read(MappingReader item)
    {
        if (item.Entries.ToArray() is not [{ } entry])
        {
            item.Diagnostics.Add(DefinitionDiagnostics.OneAssertion(item.Location));
            return null;
        }

        string name = entry.Key.Value;
        if (AssertionKeys.Set.Find(name) is not { Use: KeyUse.Used })
        {
            return null;
        }

        if (entry.Value is YamlScalar { IsNull: true })
        {
            item.Diagnostics.Add(DefinitionDiagnostics.NothingAsserted(entry.Key.Location, name, KeysOf(name)));
            return null;
        }

        return item.Mapping(name) is { } reader ? ReadNamed(reader, name, entry.Key.Location) : null;
    }

    public static AssertionDefinition? AcceptedValues(MappingReader reader, string? column, Location at)
    {
        IReadOnlyList<Said<string>> values = reader.Texts("values") ?? [];
        if (values.Count == 0)
        {
            return reader.Missing<AssertionDefinition>("accepted_values", "values");
        }

        return column is null ? null : new AcceptedValuesAssertion(column, [.. values.Select(v => v.Value)], at);
    }

    public static AssertionDefinition? Range(MappingReader reader, string? column, Location at)
    {
        Said<decimal>? min = reader.Number("min");
        Said<decimal>? max = reader.Number("max");
        if (min is null && max is null)
        {
            Nothing(reader, "range", at, "min", "max");
            return null;
        }

        if (min is not null && max is not null && min.Value > max.Value)
        {
            reader.Diagnostics.Add(DefinitionDiagnostics.EmptyRange(
                max.Location, Text(min.Value), Text(max.Value)));
        }

        return column is null ? null : new RangeAssertion(column, min?.Value, max?.Value, at);
    }

    private static AssertionDefinition? ReadNamed(MappingReader reader, string name, Location at) => name switch
    {
        "not_null" => Columns(reader, name) is { } columns ? new NotNullAssertion(columns, at) : null,
        "unique" => Columns(reader, name) is { } columns ? new UniqueAssertion(columns, at) : null,
        "accepted_values" => AcceptedValues(reader, Column(reader, name), at),
        "range" => Range(reader, Column(reader, name), at),
        "max_lag" => MaxLag(reader, at),
        _ => Throughput(reader, at),
    };

    private static MaxLagAssertion? MaxLag(MappingReader reader, Location at)
    {
        Said<long>? seconds = reader.Entry("seconds") is null ? null : reader.DurationOf("seconds", 1000);
        Said<long>? most = reader.Entry("max_seconds") is null ? null : reader.DurationOf("max_seconds", 1000);
        if (seconds is not null && most is not null)
        {
            reader.Diagnostics.Add(
                YamlDiagnostics.SaidTwice(reader.KeyLocation("max_seconds")!, "max_seconds", "seconds"));
        }

        string? column = reader.Text("column")?.Value;
        if ((seconds ?? most) is { } lag)
        {
            return new MaxLagAssertion(column, lag.Value, at);
        }

        Nothing(reader, "max_lag", at, "seconds", "max_seconds");
        return null;
    }

    private static ThroughputAssertion? Throughput(MappingReader reader, Location at)
    {
        const long second = 1000;
        const long minute = 60_000;
        bool perSecond = reader.Entry("min_per_second") is not null || reader.Entry("max_per_second") is not null;
        bool perMinute = reader.Entry("min_per_minute") is not null || reader.Entry("max_per_minute") is not null;
        string unit = perSecond ? "second" : "minute";
        Said<decimal>? min = reader.Amount($"min_per_{unit}");
        Said<decimal>? max = reader.Amount($"max_per_{unit}");
        if (perSecond && perMinute)
        {
            Location again = reader.KeyLocation("min_per_minute") ?? reader.KeyLocation("max_per_minute")!;
            reader.Diagnostics.Add(DefinitionDiagnostics.OneUnit(again));
        }

        if (min is null && max is null)
        {
            Nothing(reader, "throughput", at, "min_per_second", "max_per_second", "min_per_minute", "max_per_minute");
            return null;
        }

        return new ThroughputAssertion((double?)min?.Value, (double?)max?.Value, perSecond ? second : minute, at);
    }

    private static IReadOnlyList<string>? Columns(MappingReader reader, string assertion)
    {
        IReadOnlyList<Said<string>>? columns = reader.Texts("columns") ?? reader.Texts("column");
        return columns is null
            ? reader.Missing<IReadOnlyList<string>>(assertion, "columns")
            : [.. columns.Select(c => c.Value)];
    }

    private static string? Column(MappingReader reader, string assertion) =>
        reader.Text("column")?.Value ?? reader.Missing<string>(assertion, "column");

    /// <summary>Reports an assertion without its point, unless one of the keys is there and was reported as
    /// wrong.</summary>
    private static void Nothing(MappingReader reader, string name, Location at, params string[] keys)
    {
        if (Array.TrueForAll(keys, k => reader.Entry(k) is null))
        {
            reader.Diagnostics.Add(DefinitionDiagnostics.NothingAsserted(at, name, KeysOf(name)));
        }
    }

    private static string KeysOf(string assertion) =>
        string.Join(", ", AssertionKeys.Set.Find(assertion)!.Nested!.Keys.Select(k => $"\"{k.Name}\""));

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
