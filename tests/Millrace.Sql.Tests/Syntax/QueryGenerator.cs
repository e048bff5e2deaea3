namespace Millrace.Sql.Tests.Syntax;

/// <summary>
/// Makes random sentences of the dialect's grammar, with random blanks and comments. A seed repeats them.
/// </summary>
internal sealed class QueryGenerator(int seed)
{
    private readonly Random random = new(seed);
    private int budget = 60;

    public string Query()
    {
        string with = One(6) ? $"WITH{B}a1 AS ({Body()}), b1 (x, y) AS ({Body()}){B}" : "";
        return with + Body() + Maybe($"{B}ORDER BY {Expression()} DESC NULLS LAST, {Name()}") + Maybe($"{B}LIMIT 5")
            + Maybe($"{B}OFFSET 2 ROWS") + Maybe(" ;");
    }

    private string Body() => Pick(9) switch
    {
        0 => $"{Select()}{B}UNION ALL{B}{Select()}",
        1 => $"({Select()}){B}INTERSECT{B}{Select()}{B}EXCEPT{B}{Select()}",
        2 => $"VALUES ({Expression()}, {Expression()}), (1, 'b')",
        _ => Select(),
    };

    private string Select() =>
        $"SELECT{B}{Maybe("DISTINCT ")}{Item()},{B}{Item()}{B}FROM{B}{Table()}" + Maybe($"{B}WHERE {Expression()}")
        + Maybe($"{B}GROUP BY {Grouping()}{Maybe($"{B}HAVING {Expression()}")}")
            + Maybe($"{B}QUALIFY {Expression()} > 1");

    private string Grouping() => Pick(4) switch
    {
        0 => $"GROUPING SETS (({Name()}), ({Name()}, {Name()}), ())",
        1 => $"{Name()}, TUMBLE({Name()}, INTERVAL '5' MINUTE)",
        2 => $"CUBE ({Name()}), ROLLUP ({Name()})",
        _ => Expression(),
    };

    private string Item() => Pick(6) switch
    {
        0 => "*",
        1 => "e.*",
        2 => $"{Expression()} AS {Alias()}",
        3 => $"{Expression()} {Alias()}",
        _ => Expression(),
    };

    private string Table() => Spent() ? "t" : Pick(10) switch
    {
        0 => $"t AS a{B}LEFT JOIN p FOR SYSTEM_TIME AS OF a.ts AS q ON a.k = q.k",
        1 => $"{Table()}{B}JOIN{B}({Select()}) b ON {Expression()}",
        2 => $"({Select()}) AS d (c1, c2)",
        3 => $"TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND)) w",
        4 => $"{Table()} CROSS JOIN UNNEST(a) WITH ORDINALITY AS u (x, n)",
        5 => $"t NATURAL FULL OUTER JOIN s, LATERAL TABLE(f(t.x)) AS l (y)",
        6 => $"HOP(DATA => TABLE t PARTITION BY k, TIMECOL => DESCRIPTOR(ts), SIZE => INTERVAL '1' DAY)",
        7 => $"({Table()}{B}RIGHT JOIN t2 USING (id, k))",
        8 => "db.`my table` /*+ OPTIONS('a'='b') */ AS x",
        _ => Name(),
    };

    private string Expression() => Spent() ? Leaf() : Pick(8) switch
    {
        0 => Predicate(),
        1 => Call(),
        2 => Constructor(),
        3 => $"{Expression()}{B}{Of("+", "-", "*", "/", "%", "||", "=", "<>", "<=", "AND", "OR")}{B}{Expression()}",
        4 => $"{Of("NOT ", "- ", "+")}{Expression()}",
        5 => $"CASE{B}WHEN {Expression()} THEN {Expression()} {Maybe($"ELSE {Expression()}")} END",
        6 => $"CASE {Leaf()} WHEN {Leaf()}, {Leaf()} THEN {Leaf()} END",
        _ => Leaf(),
    };

    private string Predicate() => Pick(8) switch
    {
        0 => $"({Expression()}) IS {Maybe("NOT ")}{Of("NULL", "TRUE", "UNKNOWN", "JSON OBJECT", "DISTINCT FROM 1")}",
        1 => $"{Leaf()} {Maybe("NOT ")}IN ({Expression()}, {Leaf()})",
        2 => $"{Leaf()} IN ({Select()})",
        3 => $"{Leaf()} {Maybe("NOT ")}BETWEEN {Maybe("SYMMETRIC ")}{Leaf()} AND {Leaf()}",
        4 => $"{Leaf()} {Maybe("NOT ")}LIKE 'a|%' ESCAPE '|'",
        5 => $"{Leaf()} SIMILAR TO '[a-z]+'",
        6 => $"EXISTS ({Select()})",
        _ => $"{Leaf()} > ALL ({Select()})",
    };

    private string Call() => Pick(14) switch
    {
        0 => $"CAST({Expression()} AS {Type()})",
        1 => $"TRY_CAST({Leaf()} AS {Type()})",
        2 => $"EXTRACT(DAY FROM {Leaf()})",
        3 => $"POSITION({Leaf()} IN {Leaf()})",
        4 => $"SUBSTRING({Leaf()} FROM 2 FOR {Leaf()})",
        5 => $"TRIM(BOTH 'x' FROM {Leaf()})",
        6 => $"{Of("FLOOR", "CEIL")}({Leaf()} TO HOUR)",
        7 => $"COUNT({Of("*", "DISTINCT x")}) FILTER (WHERE {Expression()})",
        8 => $"SUM({Leaf()}) OVER (PARTITION BY {Name()} ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)",
        9 => $"JSON_VALUE({Leaf()}, '$.a' RETURNING INT DEFAULT 1 ON EMPTY NULL ON ERROR)",
        10 => $"JSON_OBJECT('k' VALUE {Leaf()}, KEY 'l' VALUE 2 ABSENT ON NULL)",
        11 => $"TIMESTAMPDIFF(DAY, {Leaf()}, {Leaf()})",
        12 => $"LISTAGG({Leaf()}, ',') WITHIN GROUP (ORDER BY {Name()})",
        _ => $"f({Expression()}, {Leaf()})",
    };

    private string Constructor() => Pick(7) switch
    {
        0 => $"ROW({Leaf()}, {Leaf()})",
        1 => $"ARRAY[{Leaf()}, {Expression()}][1]",
        2 => $"MAP['k', {Leaf()}]['k'].x",
        3 => $"(SELECT MAX(x) FROM {Table()})",
        4 => $"({Leaf()}, {Leaf()}) = ({Leaf()}, 1)",
        5 => $"({Name()} - {Name()}) SECOND(3)",
        _ => $"({Expression()})",
    };

    private string Type() => Of(
        "INT", "DECIMAL(10, 2)", "TIMESTAMP(3) WITH LOCAL TIME ZONE", "TIMESTAMP_LTZ(3)", "DOUBLE PRECISION",
            "VARCHAR(20)",
        "ARRAY<INT NOT NULL>", "MAP<STRING, ROW<a INT, `b c` STRING NOT NULL>>", "MULTISET<ARRAY<DATE>>", "INT ARRAY");

    private string Leaf() => Pick(12) switch
    {
        0 => Of("1", "0.50", ".5", "5.", "1e-3", "00"),
        1 => Of("'a'", "'it''s'", "''", "U&'\\00e9'", "N'x'", "X'0aFF'", "'a'\n'b'"),
        2 => Of("TRUE", "FALSE", "UNKNOWN", "NULL", "CURRENT_TIMESTAMP"),
        3 => Of("DATE '2024-01-31'", "TIMESTAMP '2024-01-31 00:00:00'", "TIME '10:11:12'"),
        4 => Of("INTERVAL '1 2' DAY TO HOUR", "INTERVAL '100' SECOND(3)", "INTERVAL -'1' MONTHS"),
        5 => $"e.{Name()}",
        _ => Name(),
    };

    private string Name() => Of("id", "`timestamp`", "views", "value", "é", "$x", "count", "`a``b`");

    private string Alias() => Of("x1", "`order`", "result", "day");

    /// <summary>What may stand between two words.</summary>
    private string B =>
        Pick(6) switch { 0 => "\n  ", 1 => " -- note\n", 2 => " /* it's */ ", 3 => "\t // x\n", _ => " " };

    private string Maybe(string text) => One(3) ? text : "";

    private string Of(params ReadOnlySpan<string> choices) => choices[random.Next(choices.Length)];

    private bool One(int of) => random.Next(of) == 0;

    private int Pick(int below) => random.Next(below);

    private bool Spent() => budget-- <= 0;
}
