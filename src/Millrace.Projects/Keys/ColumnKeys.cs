namespace Millrace.Projects;

/// <summary>The keys of a column, in a source and in a model.</summary>
internal static class ColumnKeys
{
    public static readonly KeySet Set = new(
        "a column",
        new("name", "text", "the column, as it is called in the events' JSON and in SQL; required"),
        new("type", "SQL type", "its type; without one, its uses decide. In a model: checked against the query"),
        new("description", "text", "for people", KeyUse.Described),
        new("classification", "text", "how sensitive the values are", KeyUse.Described),
        new("tests", "list", "`not_null`, `unique`, or a mapping as in `assertions`, without `column`",
            Nested: AssertionKeys.OfColumn),
        new("proctime", "true or false", "results would depend on when they are computed", KeyUse.NotYet));
}
