using System.Text.Json;
using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>The fields of a JSON Schema object or of an Avro record, as columns with SQL types.</summary>
internal sealed class SchemaFields
{
    private readonly YamlScalar definition;
    private readonly DiagnosticBag diagnostics;

    public SchemaFields(YamlScalar definition, DiagnosticBag diagnostics)
    {
        this.definition = definition;
        this.diagnostics = diagnostics;
    }

    public List<ColumnDefinition> Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (root.TryGetProperty(
                "properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
            {
                return [.. properties.EnumerateObject().Select(
                    p => Column(p.Name, p.Value)).OfType<ColumnDefinition>()];
            }

            if (root.TryGetProperty("fields", out JsonElement fields) && fields.ValueKind == JsonValueKind.Array)
            {
                return [.. fields.EnumerateArray().Select(AvroField).OfType<ColumnDefinition>()];
            }
        }

        diagnostics.Add(
            DefinitionDiagnostics.BadSchema(definition.Location, "it has neither \"properties\" nor \"fields\""));
        return [];
    }

    private ColumnDefinition? AvroField(JsonElement field)
    {
        if (field.ValueKind == JsonValueKind.Object
            && Text(field, "name") is { } name
            && field.TryGetProperty("type", out JsonElement type))
        {
            return Column(name, type.ValueKind == JsonValueKind.Object ? type : field);
        }

        diagnostics.Add(DefinitionDiagnostics.BadSchema(definition.Location, "a field needs \"name\" and \"type\""));
        return null;
    }

    private ColumnDefinition? Column(string name, JsonElement description)
    {
        int at = definition.Value.IndexOf($"\"{name}\"", StringComparison.Ordinal);
        Location place = at < 0 ? definition.Location : definition.LocationOf(new TextSpan(at, name.Length + 2));
        string? type = SqlTypeOf(description);
        if (type is null)
        {
            string written = description.ValueKind == JsonValueKind.Object
                && description.TryGetProperty("type", out JsonElement said)
                ? said.GetRawText()
                : description.GetRawText();
            diagnostics.Add(DefinitionDiagnostics.BadSchemaType(place, name, written));
            return null;
        }

        return new ColumnDefinition(name, new Said<string>(
            type, place), Text(description, "description") ?? Text(description, "doc"), null, place);
    }

    private static string? SqlTypeOf(JsonElement description)
    {
        if (description.ValueKind != JsonValueKind.Object || !description.TryGetProperty("type", out JsonElement type))
        {
            return null;
        }

        string? word = Word(type);
        return (Text(description, "logicalType") ?? Text(description, "format"), word) switch
        {
            ("decimal", "bytes" or "fixed") =>
                $"DECIMAL({Number(description, "precision", 10)},{Number(description, "scale", 0)})",
            ("timestamp-millis" or "date-time", _) => "TIMESTAMP_LTZ(3)",
            ("timestamp-micros", _) => "TIMESTAMP_LTZ(6)",
            ("local-timestamp-millis", _) => "TIMESTAMP(3)",
            ("date", _) => "DATE",
            (_, "string" or "enum") => "STRING",
            (_, "boolean") => "BOOLEAN",
            (_, "int") => "INT",
            (_, "long" or "integer") => "BIGINT",
            (_, "float") => "FLOAT",
            (_, "double" or "number") => "DOUBLE",
            (_, "bytes") => "BYTES",
            _ => null,
        };
    }

    /// <summary>The type's name; of a union with null, the other's.</summary>
    private static string? Word(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.Array)
        {
            JsonElement[] some = [.. type.EnumerateArray().Where(
                t => !(t.ValueKind == JsonValueKind.String && t.ValueEquals("null")))];
            return some is [{ ValueKind: JsonValueKind.String } only] ? only.GetString() : null;
        }

        return type.ValueKind == JsonValueKind.String ? type.GetString() : null;
    }

    private static string? Text(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(key, out JsonElement value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Number(JsonElement element, string key, int otherwise) =>
        element.TryGetProperty(key, out JsonElement value) && value.TryGetInt32(out int number) ? number : otherwise;
}
