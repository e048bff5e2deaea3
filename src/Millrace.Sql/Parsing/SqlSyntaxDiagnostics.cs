using Millrace.Diagnostics;

namespace Millrace.Sql.Parsing;

/// <summary>What can be wrong with the form of a query: codes MR0101 to MR0199, one method each.</summary>
public static class SqlSyntaxDiagnostics
{
    public static Diagnostic UnknownCharacter(Location at, string character) =>
        Error("MR0101", at, $"the character {character} has no meaning in SQL", null);

    public static Diagnostic UnclosedComment(Location at) =>
        Error("MR0102", at, "this comment is not closed", "write */ where it ends");

    public static Diagnostic UnclosedText(Location at) =>
        Error("MR0103", at, "this text is not closed", "write ' where it ends; a ' inside a text is written ''");

    public static Diagnostic UnclosedName(Location at) =>
        Error("MR0104", at, "this quoted name is not closed", "write ` where it ends");

    public static Diagnostic EmptyName(Location at) => Error("MR0105", at, "a name must not be empty", null);

    public static Diagnostic DoubleQuotes(Location at, string body) => Error(
        "MR0106", at, "double quotes have no meaning in this dialect",
        $"write '{body}' for a text, `{body}` for a name");

    public static Diagnostic TypographicQuotes(Location at, string body) =>
        Error("MR0107", at, "typographic quotes do not delimit a text", $"write '{body}' with plain quotes");

    public static Diagnostic BadBinaryText(Location at) =>
        Error("MR0108", at, "X'…' must hold pairs of hexadecimal digits", null);

    public static Diagnostic BadUnicodeEscape(Location at) =>
        Error("MR0109", at, "in U&'…' four hexadecimal digits must follow the escape character",
            "write U&'\\00e9' for é");

    public static Diagnostic LettersInNumber(Location at, string found) => Error(
        "MR0110",
        at,
        $"{found} is neither a number nor a name",
        found.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? "write the number with decimal digits"
            : found.Contains('_', StringComparison.Ordinal)
            ? "a number has no underscores; a name in back-quotes may begin with a digit"
            : $"a name that begins with a digit needs back-quotes: `{found}`");

    public static Diagnostic ForeignOperator(Location at, string found, string help) =>
        Error("MR0111", at, $"there is no operator {found}", help);

    public static Diagnostic TextTooLong(Location at, int limit) =>
        Error("MR0112", at, $"a query may have {limit:N0} characters, this one has more",
            "split it into several models");

    public static Diagnostic TooDeep(Location at) => Error(
        "MR0113", at, "the query is nested too deeply here",
        "write a long OR as IN (…), and split deep queries with WITH");

    public static Diagnostic Expected(Location at, string expected, string found, string? help = null) =>
        Error("MR0120", at, $"expected {expected}, found {found}", help);

    public static Diagnostic ReservedWord(Location at, string word) => Error(
        "MR0121", at, $"{word} is a keyword here", $"to use it as a name, write it in back-quotes: `{word}`");

    public static Diagnostic MissingComma(Location at, string found) =>
        Error("MR0122", at, $"expected a comma or FROM, found {found}", "a column has one alias; is a comma missing?");

    public static Diagnostic MisspeltKeyword(Location at, string found, string meant) =>
        Error("MR0123", at, $"{found} is not a keyword", $"did you mean {meant}?");

    public static Diagnostic ClauseOutOfOrder(Location at, string clause, string later) =>
        Error("MR0124", at, $"{clause} must stand before {later}", $"move {clause} up");

    public static Diagnostic ClauseTwice(Location at, string clause, string help) =>
        Error("MR0125", at, $"there is a second {clause}", help);

    public static Diagnostic ClauseWithoutFrom(Location at, string clause) =>
        Error("MR0126", at, $"{clause} needs a FROM before it", null);

    public static Diagnostic Unexpected(Location at, string found, string? help = null) =>
        Error("MR0127", at, $"{found} does not fit here", help);

    public static Diagnostic UnmatchedParenthesis(Location at, string sign) =>
        Error("MR0128", at, $"this {sign} closes nothing", "delete it, or open it before");

    public static Diagnostic SecondStatement(Location at) =>
        Error("MR0129", at, "there is a second statement",
            "a model is one query; put the other into a model of its own");

    public static Diagnostic EmptyText(Location at) =>
        Error("MR0130", at, "there is no query", "write SELECT … FROM …");

    public static Diagnostic NotAQuery(Location at, string found) => Error(
        "MR0131", at, $"a query begins with SELECT, WITH or VALUES, not with {found}",
        "Millrace makes the tables and jobs itself");

    public static Diagnostic FromFirst(Location at) =>
        Error("MR0132", at, "a query begins with SELECT", "write SELECT … FROM …, in this order");

    public static Diagnostic EmptyList(Location at, string what) =>
        Error("MR0133", at, $"{what} needs at least one value", null);

    public static Diagnostic CaseWithoutWhen(Location at) =>
        Error("MR0134", at, "CASE needs at least one WHEN … THEN …", null);

    public static Diagnostic DistinctStar(Location at) => Error(
        "MR0135", at, "DISTINCT needs a column, not *",
        "write COUNT(*) for all rows, COUNT(DISTINCT x) for the values of a column");

    public static Diagnostic IsNeedsTest(Location at, string found) => Error(
        "MR0136",
        at,
        $"IS is followed by NULL, TRUE, FALSE, UNKNOWN, DISTINCT FROM or JSON, not by {found}",
        "write = or <> to compare values");

    public static Diagnostic NotNullWithoutIs(Location at) =>
        Error("MR0137", at, "NOT NULL is no condition", "write IS NOT NULL");

    public static Diagnostic UnknownUnit(Location at, string found, IReadOnlyCollection<string> units) =>
        Error("MR0138", at, $"{found} is no unit of time", Suggestion.DidYouMean(found, units));

    public static Diagnostic CastToNotNull(Location at) => Error(
        "MR0139", at, "the type of a CAST takes no NOT NULL",
        "a value that is never NULL stays so; COALESCE(x, default) makes it so");

    public static Diagnostic NeedsNumber(Location at, string clause, string found) =>
        Error("MR0140", at, $"{clause} takes a whole number, not {found}", $"write {clause} 10");

    public static Diagnostic AliasBeforeSystemTime(Location at, string alias) => Error(
        "MR0141",
        at,
        "FOR SYSTEM_TIME stands between a table and its alias",
        $"write t FOR SYSTEM_TIME AS OF time AS {alias}");

    public static Diagnostic SystemTimeOnlyAsOf(Location at, string found) =>
        Error("MR0142", at, $"FOR SYSTEM_TIME is followed by AS OF, not by {found}",
            "write FOR SYSTEM_TIME AS OF e.`timestamp`");

    public static Diagnostic SystemTimeOnQuery(Location at) => Error(
        "MR0143", at, "only a table has versions, not a query in parentheses",
        "make the query a model of its own, then write its name here");

    public static Diagnostic JoinWithoutCondition(Location at) =>
        Error("MR0144", at, "this JOIN has no condition", "write ON a.x = b.x behind the table, or CROSS JOIN");

    public static Diagnostic JoinWithCondition(Location at, string join) =>
        Error("MR0145", at, $"a {join} takes no condition", "write JOIN … ON …");

    public static Diagnostic TextsOnOneLine(Location at) => Error(
        "MR0146", at, "two texts stand side by side", "write a || b to join them, or '' for a quote inside a text");

    public static Diagnostic ForeignClause(Location at, string found, string help) =>
        Error("MR0147", at, $"there is no {found} in this dialect", help);

    public static Diagnostic CountWithoutUnit(Location at, string found, IReadOnlyCollection<string> units) =>
        Error("MR0148", at, $"an interval needs a unit, found {found}", $"write one of {string.Join(", ", units)}");

    private static Diagnostic Error(string code, Location at, string message, string? help) =>
        new(code, Severity.Error, at, message, help);
}
