using System.Text.Json;
using System.Text.Json.Nodes;
using Millrace.Data;
using Millrace.Serving.Http;
using Millrace.Serving.OpenApi;
using Xunit;

namespace Millrace.Serving.Tests;

/// <summary>The document is written from the routes.</summary>
public sealed class OpenApiDocumentTests
{
    private static readonly Route[] Routes =
    [
        new("GET", "/v1/models/{model}/{key}", "By key", (_, _) => Task.CompletedTask)
        {
            Query = new Dictionary<string, string> { ["limit"] = "how \"many\"" },
            Statuses = new Dictionary<int, string> { [404] = "no such model" },
        },
        new("POST", "/v1/events", "Append", (_, _) => Task.CompletedTask) { Body = new PostedRecords("clicks") },
        new("POST", "/v1/sources/{source}/events", "Append", (_, _) => Task.CompletedTask)
        {
            Body = new PostedRecords(null),
        },
        new("DELETE", "/v1/events", "Delete", (_, _) => Task.CompletedTask),
    ];

    private static readonly JsonNode Document = Write();

    [Fact]
    public void Every_route_is_an_operation()
    {
        JsonObject paths = Document["paths"]!.AsObject();

        Assert.Equal(
            ["/v1/events", "/v1/models/{model}/{key}", "/v1/sources/{source}/events"], paths.Select(p => p.Key));
        Assert.Equal(["post", "delete"], paths["/v1/events"]!.AsObject().Select(o => o.Key));
        Assert.Equal("Append", (string?)paths["/v1/events"]!["post"]!["summary"]);
    }

    [Fact]
    public void Parameters_and_answers_are_described()
    {
        JsonNode get = Document["paths"]!["/v1/models/{model}/{key}"]!["get"]!;

        Assert.Equal([("model", "path", true), ("key", "path", true), ("limit", "query", false)],
            get["parameters"]!.AsArray().Select(p => ((string)p!["name"]!, (string)p["in"]!, (bool)p["required"]!)));
        Assert.Equal(["200", "404"], get["responses"]!.AsObject().Select(r => r.Key));
        Assert.All(get["responses"]!.AsObject(), r => Assert.NotEmpty((string)r.Value!["description"]!));
    }

    [Fact]
    public void Bodies_are_a_record_an_array_or_lines()
    {
        JsonNode paths = Document["paths"]!;
        JsonObject known = paths["/v1/events"]!["post"]!["requestBody"]!["content"]!.AsObject();
        JsonNode unknown = paths["/v1/sources/{source}/events"]!["post"]!["requestBody"]!["content"]!;

        Assert.Equal(["application/json", "application/x-ndjson"], known.Select(c => c.Key));
        JsonNode oneOf = known["application/json"]!["schema"]!["oneOf"]!;
        const string reference = """{"$ref":"#/components/schemas/clicks"}""";
        Assert.Equal(reference, oneOf[0]!.ToJsonString());
        Assert.Equal($$"""{"type":"array","items":{{reference}}}""", oneOf[1]!.ToJsonString());
        Assert.Equal("object", (string?)unknown["application/json"]!["schema"]!["oneOf"]![0]!["type"]);
        Assert.Null(paths["/v1/events"]!["delete"]!["requestBody"]);
        JsonNode column = Document["components"]!["schemas"]!["clicks"]!["properties"]!["price"]!;
        Assert.Equal("""{"description":"DOUBLE"}""", column.ToJsonString());
    }

    [Fact]
    public void Rows_have_their_columns_types()
    {
        JsonNode columns = Document["components"]!["schemas"]!["sessions"]!["properties"]!;

        Assert.Equal("""["string","null"]""", columns["id"]!["type"]!.ToJsonString());
        Assert.Equal("""["integer"]""", columns["count"]!["type"]!.ToJsonString());
        Assert.Equal("""["number","null"]""", columns["price"]!["type"]!.ToJsonString());
        Assert.Equal("""["object","null"]""", columns["kinds"]!["type"]!.ToJsonString());
    }

    private static JsonNode Write()
    {
        Schema schema = new(
        [
            new SchemaColumn("id", SqlType.String), new SchemaColumn("count", SqlType.BigInt.NotNull()),
            new SchemaColumn("price", SqlType.Double), new SchemaColumn("kinds", SqlType.Multiset(SqlType.String)),
        ]);
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            OpenApiDocument.Write(
                json, "shop", Routes, new Dictionary<string, Schema> { ["clicks"] = schema },
                new Dictionary<string, Schema> { ["sessions"] = schema });
        }

        return JsonNode.Parse(bytes.ToArray())!;
    }
}
