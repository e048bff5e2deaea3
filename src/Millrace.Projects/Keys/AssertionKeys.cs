namespace Millrace.Projects;

/// <summary>The keys of a test's assertions.</summary>
internal static class AssertionKeys
{
    private static readonly YamlKey Column = new("column", "text", "the column");

    private static readonly YamlKey Columns = new("columns", "text or list", "the columns");

    private static readonly YamlKey Values = new("values", "list", "the values that may occur; NULL may too");

    private static readonly YamlKey[] Bounds =
    [
        new("min", "number", "the least value; NULL passes"),
        new("max", "number", "the greatest value; NULL passes"),
    ];

    private static readonly KeySet NotNull = new("a not_null assertion", Column, Columns);

    private static readonly KeySet Unique = new("a unique assertion", Column, Columns);

    private static readonly KeySet MaxLag = new(
        "a max_lag assertion",
        new("seconds", "number", "the newest row is at most this old"),
        new("max_seconds", "number", "the same; goes with `column`"),
        new("column", "text", "the time column to go by; without one, the table's own time column"));

    private static readonly KeySet Throughput = new(
        "a throughput assertion",
        new("min_per_second", "number", "at least so many rows come in each second"),
        new("max_per_second", "number", "at most so many rows come in each second"),
        new("min_per_minute", "number", "at least so many rows come in each minute"),
        new("max_per_minute", "number", "at most so many rows come in each minute"));

    /// <summary>An item of <c>assertions:</c>.</summary>
    public static readonly KeySet Set = new(
        "an assertion",
        new("not_null", "mapping", "the columns hold no NULL", Nested: NotNull),
        new("accepted_values", "mapping", "the column holds these values only",
            Nested: new KeySet("an accepted_values assertion", Column, Values)),
        new("range", "mapping", "the column's numbers are within bounds",
            Nested: new KeySet("a range assertion", [Column, .. Bounds])),
        new("unique", "mapping", "no two rows have the same values in these columns", Nested: Unique),
        new("max_lag", "mapping", "the table is not older than that; in continuous tests", Nested: MaxLag),
        new("throughput", "mapping", "so many rows come; in continuous tests", Nested: Throughput),
        new("accepted_types", "mapping", "give the model's columns a `type:`; it is checked at compile time",
            KeyUse.NotYet),
        new("unique_key", "mapping", "write `unique: {columns: [..]}`", KeyUse.NotYet),
        new("distribution", "mapping", "tests of distributions are not built", KeyUse.NotYet),
        new("foreign_key", "mapping", "tests across models are not built", KeyUse.NotYet),
        new("custom_sql", "mapping", "write the query as a model, and test that model", KeyUse.NotYet));

    /// <summary>An item of a column's <c>tests:</c>.</summary>
    public static readonly KeySet OfColumn = new(
        "a column's test",
        new("accepted_values", "mapping", "the column holds these values only",
            Nested: new KeySet("a column's accepted_values", Values)),
        new("range", "mapping", "the column's numbers are within bounds", Nested: new KeySet(
            "a column's range", Bounds)));
}
