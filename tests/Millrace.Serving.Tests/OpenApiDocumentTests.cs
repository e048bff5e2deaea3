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
        new("POST", "/v1/events", "Append", (_, _) => Task.CompletedTask),
        new("DELETE", "/v1/events", "Delete", (_, _) => Task.CompletedTask),
    ];

    private static readonly JsonNode Document = Write();

    [Fact]
    public void Every_route_is_an_operation()
    {
        JsonObject paths = Document["paths"]!.AsObject();

        Assert.Equal(["/v1/events", "/v1/models/{model}/{key}"], paths.Select(p => p.Key));
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
            OpenApiDocument.Write(json, "shop", Routes, new Dictionary<string, Schema> { ["sessions"] = schema });
        }

        return JsonNode.Parse(bytes.ToArray())!;
    }
}
