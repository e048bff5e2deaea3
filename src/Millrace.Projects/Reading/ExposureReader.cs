namespace Millrace.Projects;

/// <summary>Reads an item of <c>exposures:</c>.</summary>
internal static class ExposureReader
{
    private static readonly string[] Kinds = ["api", "ml_inference", "ml_training", "application", "dashboard"];

    public static ExposureDefinition? Read(MappingReader reader)
    {
        Said<string>? name = NameReader.Read(reader, "an exposure");
        Said<string>? kind = reader.OneOf("type", Kinds);
        if (reader.Entry("type") is null)
        {
            reader.Missing<object>("an exposure", "type", $"write one of {string.Join(", ", Kinds)}");
        }

        Said<string>? role = reader.OneOf("role", "consumer", "producer", "both");
        List<TableReference> consumes = ReadReferences(reader, "consumes");
        List<TableReference> produces = ReadReferences(reader, "produces");
        SlaDefinition? sla = ReadSla(reader.Mapping("sla"));
        if (name is null || kind is null)
        {
            return null;
        }

        return new ExposureDefinition(
            name.Value,
            ReadKind(kind.Value),
            reader.Prose("description"),
            reader.Prose("owner"),
            role?.Value ?? "consumer",
            reader.Text("consumer_group")?.Value,
            consumes,
            produces,
            sla,
            name.Location);
    }

    private static ExposureKind ReadKind(string word) => word switch
    {
        "api" => ExposureKind.Api,
        "ml_inference" => ExposureKind.MlInference,
        "ml_training" => ExposureKind.MlTraining,
        "application" => ExposureKind.Application,
        _ => ExposureKind.Dashboard,
    };

    private static List<TableReference> ReadReferences(MappingReader exposure, string key)
    {
        List<TableReference> references = [];
        foreach (MappingReader reader in exposure.Mappings(key, "- ref: .."))
        {
            Said<string>? model = reader.Text("ref");
            Said<string>? source = reader.Text("source");
            if (model is not null && source is not null)
            {
                reader.Diagnostics.Add(DefinitionDiagnostics.TwoReferences(reader.KeyLocation("source")!));
            }

            if ((model ?? source) is { } name)
            {
                references.Add(new TableReference(name.Value, model is null, name.Location));
            }
            else if (reader.Entry("source") is null)
            {
                reader.Missing<object>($"an item of {key}", "ref");
            }
        }

        return references;
    }

    private static SlaDefinition? ReadSla(MappingReader? reader) => reader is null
        ? null
        : new SlaDefinition(
            (double?)reader.Amount("latency_p99_ms")?.Value, (double?)reader.Percent("availability")?.Value);
}
