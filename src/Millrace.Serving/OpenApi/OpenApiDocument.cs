using System.Text.Json;
using Millrace.Data;
using Millrace.Serving.Http;

namespace Millrace.Serving.OpenApi;

/// <summary>
/// The API's OpenAPI 3.1 document, written from the very routes that are served and the project's models, so that it
/// can't drift: a route without a summary does not compile, a model's rows are described by its schema.
/// </summary>
internal static class OpenApiDocument
{
    public static void Write(
        Utf8JsonWriter json, string project, IEnumerable<Route> routes,
        IReadOnlyDictionary<string, Schema> records, IReadOnlyDictionary<string, Schema> rows)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", project);
        json.WriteString("version", "1");
        json.WriteString("description", "Served by Millrace: events in, live and final rows out.");
        json.WriteEndObject();
        json.WriteStartObject("paths");
        foreach (IGrouping<string, Route> path in routes.GroupBy(r => r.Template)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(path.Key);
            foreach (Route route in path)
            {
                WriteOperation(json, route);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        foreach ((string name, Schema schema) in records)
        {
            // A record may write a value in several ways, a number as text, a time as a number: it has no JSON type.
            WriteColumns(json, name, schema, hasTypes: false);
        }

        foreach ((string name, Schema schema) in rows)
        {
            WriteColumns(json, name, schema, hasTypes: true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter json, Route route)
    {
        json.WriteStartObject(route.Method.ToLowerInvariant());
        json.WriteString("summary", route.Summary);
        json.WriteStartArray("parameters");
        foreach (string segment in route.Segments.Where(Route.IsParameter))
        {
            WriteParameter(json, segment.Trim('{', '}'), "path", null);
        }

        foreach ((string name, string description) in route.Query)
        {
            WriteParameter(json, name, "query", description);
        }

        json.WriteEndArray();
        if (route.Body is { } body)
        {
            WriteBody(json, body);
        }

        json.WriteStartObject("responses");
        WriteResponse(json, 200, "OK");
        foreach ((int status, string meaning) in route.Statuses)
        {
            WriteResponse(json, status, meaning);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, string name, string place, string? description)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", place);
        json.WriteBoolean("required", place == "path");
        if (description is not null)
        {
            json.WriteString("description", description);
        }

        json.WriteStartObject("schema");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, PostedRecords body)
    {
        json.WriteStartObject("requestBody");
        json.WriteString("description", "one record, an array of records, or a record per line");
        json.WriteBoolean("required", true);
        json.WriteStartObject("content");
        json.WriteStartObject(PostedRecords.Json);
        json.WriteStartObject("schema");
        json.WriteStartArray("oneOf");
        WriteRecord(json, body);
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WritePropertyName("items");
        WriteRecord(json, body);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject(PostedRecords.Lines);
        json.WriteStartObject("schema");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, PostedRecords body)
    {
        json.WriteStartObject();
        if (body.Source is { } source)
        {
            json.WriteString("$ref", "#/components/schemas/" + source);
        }
        else
        {
            json.WriteString("type", "object");
        }

        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, int status, string description)
    {
        json.WriteStartObject(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("description", description);
        json.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter json, string name, Schema schema, bool hasTypes)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (SchemaColumn column in schema.Columns)
        {
            json.WriteStartObject(column.Name);
            if (hasTypes)
            {
                WriteType(json, column);
            }

            json.WriteString("description", column.Type.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, SchemaColumn column)
    {
        json.WriteStartArray("type");
        json.WriteStringValue(JsonTypeOf(column.Type));
        if (column.Type.IsNullable)
        {
            json.WriteStringValue("null");
        }

        json.WriteEndArray();
    }

    private static string JsonTypeOf(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => "boolean",
        SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt => "integer",
        SqlTypeKind.Float or SqlTypeKind.Double or SqlTypeKind.Decimal => "number",
        SqlTypeKind.Array => "array",
        SqlTypeKind.Map or SqlTypeKind.Multiset or SqlTypeKind.Row => "object",
        _ => "string",
    };
}
