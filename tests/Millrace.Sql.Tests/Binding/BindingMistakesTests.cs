using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;
using Xunit;

namespace Millrace.Sql.Tests.Binding;

/// <summary>
/// Mistakes of names, types and times, see <see cref="MistakesFile"/>, over a small shop: events, two catalogues of
/// versions (one with a declared key, one of local times), and a table whose key is inferred.
/// </summary>
public sealed class BindingMistakesTests
{
    private static readonly MistakesFile Golden = new("Binding");

    [Fact]
    public void Every_mistake_is_told_as_the_golden_file_says() =>
        Golden.Check(query => SqlCompiler.Compile(new SourceText("q", query), new Shop()).Diagnostics);

    [Theory]
    [InlineData("Binding", "BindingDiagnostics.cs")]
    [InlineData("Binding", "StreamDiagnostics.cs")]
    [InlineData("SqlSupportDiagnostics.cs")]
    public void Every_code_stands_in_the_golden_file(params string[] source) => Assert.Empty(Golden.Missing(source));

    private sealed class Shop : ITableCatalog
    {
        private static readonly Field At = new("at", SqlType.TimestampLtz(3), true);

        private readonly TableDefinition[] tables =
        [
            new("events",
                [
                    new Field("id", SqlType.String), new Field("session", SqlType.String),
                    new Field("kind", SqlType.String), new Field("product_id", SqlType.String),
                    new Field("price", SqlType.Double), new Field("quantity", SqlType.BigInt),
                    new Field("paid", SqlType.Boolean), new Field("tags", SqlType.Map(SqlType.String, SqlType.String)),
                    new Field("day", SqlType.Date), At,
                ],
                new WatermarkRule(9, 5000)),
            new("products",
                [new Field("product_id", SqlType.String), new Field("name", SqlType.String), At],
                new WatermarkRule(2, 0), new Versioning([0], 2)),
            new("prices",
                [
                    new Field("product_id", SqlType.String), new Field("country", SqlType.String),
                    new Field("price", SqlType.Double), new Field("since", SqlType.Timestamp(3), true),
                ],
                new WatermarkRule(3, 0), new Versioning([0, 1], 3)),
            new("shops", [new Field("shop", SqlType.String)]),
            new("stock",
                [new Field("product_id", SqlType.String), new Field("pieces", SqlType.BigInt)],
                IsVersioningInferred: true),
        ];

        public IReadOnlyCollection<string> TableNames => [.. tables.Select(t => t.Name)];

        public TableDefinition? Find(string name) => Array.Find(tables, t => t.Name == name);
    }
}
