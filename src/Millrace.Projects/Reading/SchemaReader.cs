using System.Text.Json;
using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// Reads an inline <c>schema:</c> into columns: a JSON Schema's properties, or an Avro record's fields. Columns that
/// <c>columns:</c> lists with a type keep that; the schema gives the others theirs.
/// </summary>
internal static class SchemaReader
{
    /// <summary>The columns that the schema adds to the listed ones; listed ones without a type get the schema's in
    /// place.</summary>
    public static IReadOnlyList<ColumnDefinition> Read(MappingReader source, List<ColumnDefinition> listed)
    {
        if (source.Mapping("schema") is not { } schema)
        {
            return [];
        }

        if (schema.OneOf("format", "json", "avro", "protobuf") is { Value: not "json" } format)
        {
            schema.Diagnostics.Add(YamlDiagnostics.NotSupportedYet(
                format.Location, $"format: {format.Value}", "records are read and written as JSON"));
        }

        if (schema.Scalar("definition") is not { } definition)
        {
            return schema.Entry("registry") is not null
                ? [] : schema.Missing<ColumnDefinition[]>("a schema", "definition") ?? [];
        }

        return Merge(ReadDefinition(definition, schema.Diagnostics), listed);
    }

    private static List<ColumnDefinition> Merge(List<ColumnDefinition> fields, List<ColumnDefinition> listed)
    {
        List<ColumnDefinition> added = [];
        foreach (ColumnDefinition field in fields)
        {
            int index = listed.FindIndex(c => c.Name == field.Name);
            if (index < 0)
            {
                added.Add(field);
            }
            else if (listed[index].Type is null)
            {
                listed[index] = listed[index] with { Type = field.Type };
            }
        }

        return added;
    }

    private static List<ColumnDefinition> ReadDefinition(YamlScalar definition, DiagnosticBag diagnostics)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(definition.Value);
            return new SchemaFields(definition, diagnostics).Read(document.RootElement);
        }
        catch (JsonException e)
        {
            int at = LineOffset(definition.Value, e.LineNumber ?? 0) + (int)(e.BytePositionInLine ?? 0);
            Location place = definition.LocationOf(new TextSpan(Math.Min(at, definition.Value.Length), 1));
            diagnostics.Add(DefinitionDiagnostics.BadSchema(place, "it is not valid JSON"));
            return [];
        }
        catch (InvalidOperationException)
        {
            diagnostics.Add(DefinitionDiagnostics.BadSchema(definition.Location, "it holds half a surrogate pair"));
            return [];
        }
    }

    private static int LineOffset(string text, long line)
    {
        int at = 0;
        for (long i = 0; i < line; i++)
        {
            at = text.IndexOf('\n', at) + 1;
        }

        return at;
    }
}
