namespace Millrace.Projects;

/// <summary>Reads an item of <c>tests:</c>.</summary>
internal static class TestReader
{
    public const int DefaultSampleSize = 1000;

    public static TestDeclaration? Read(MappingReader reader)
    {
        Said<string>? name = NameReader.Read(reader, "a test");
        TableReference? table = ReadTable(reader, name?.Value);
        TestKind? kind = ReadKind(reader);
        List<AssertionDefinition> assertions = ReadAssertions(reader, kind);
        FailureReader failure = FailureReader.Read(reader);
        int sampleSize = reader.Int("sample_size")?.Value ?? DefaultSampleSize;
        if (name is null || table is null || kind is null)
        {
            return null;
        }

        TestDefinition test = new(
            name.Value, table.Name, kind.Value, sampleSize, failure.Severity, assertions, failure.Alerts,
            name.Location);
        return new TestDeclaration(test, table);
    }

    private static TableReference? ReadTable(MappingReader reader, string? name)
    {
        Said<string>? model = reader.Text("model");
        Said<string>? source = reader.Text("source");
        if (model is not null && source is not null)
        {
            reader.Diagnostics.Add(DefinitionDiagnostics.TwoTables(reader.KeyLocation("source")!));
        }

        if (model is null && source is null)
        {
            return reader.Entry("source") is null
                ? reader.Missing<TableReference>(name is null ? "a test" : $"test \"{name}\"", "model")
                : null;
        }

        return model is not null
            ? new TableReference(model.Value, IsSource: false, model.Location)
            : new TableReference(source!.Value, IsSource: true, source.Location);
    }

    private static TestKind? ReadKind(MappingReader reader)
    {
        if (reader.Entry("type") is null)
        {
            reader.Missing<object>("a test", "type", "write schema, sample or continuous");
        }

        return reader.OneOf("type", "schema", "sample", "continuous")?.Value switch
        {
            "schema" => TestKind.Schema,
            "sample" => TestKind.Sample,
            "continuous" => TestKind.Continuous,
            _ => null,
        };
    }

    private static List<AssertionDefinition> ReadAssertions(MappingReader reader, TestKind? kind)
    {
        List<AssertionDefinition> assertions = [];
        if (reader.Items("assertions").Count == 0)
        {
            reader.Missing<object>("a test", "assertions", "say what must hold: - not_null: {columns: [id]}");
        }

        foreach (MappingReader item in reader.Mappings("assertions", "- not_null: .."))
        {
            AssertionDefinition? assertion = AssertionReader.Read(item);
            if (assertion is not null && kind is not null)
            {
                CheckKind(reader, assertion, kind.Value);
                assertions.Add(assertion);
            }
        }

        return assertions;
    }

    private static void CheckKind(MappingReader reader, AssertionDefinition assertion, TestKind kind)
    {
        bool isContinuous = assertion is MaxLagAssertion or ThroughputAssertion;
        if (isContinuous != (kind == TestKind.Continuous))
        {
            string name = assertion.Location.Source.Text.Substring(
                assertion.Location.Span.Start, assertion.Location.Span.Length);
            reader.Diagnostics.Add(DefinitionDiagnostics.WrongTestType(
                assertion.Location, name, kind.ToString().ToLowerInvariant(), isContinuous
                    ? "continuous" : "schema or sample"));
        }
    }
}
