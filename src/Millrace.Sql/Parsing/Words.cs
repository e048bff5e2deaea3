using System.Collections.Frozen;

namespace Millrace.Sql.Parsing;

/// <summary>
/// Which bare words are names. Flink reserves 412 words; here only those are reserved that hold a query together, the
/// others are told apart by place. Compared without regard to case.
/// </summary>
internal static class Words
{
    /// <summary>Never a name without quotes, except behind a dot.</summary>
    public static readonly FrozenSet<string> Reserved = Set(
        """
        ALL AND AS BETWEEN BY CASE CAST CREATE CROSS DELETE DISTINCT DROP ELSE END EXCEPT EXISTS FALSE FROM
        FULL GROUP HAVING IN INNER INSERT INTERSECT INTO IS JOIN LEFT LIKE NATURAL NOT NULL ON OR ORDER RIGHT
        SELECT THEN TRUE TRY_CAST UNION UNKNOWN UPDATE USING WHEN WHERE WITH
        """);

    /// <summary>A name, but no alias unless AS stands before it: what may follow an expression or a table.</summary>
    public static readonly FrozenSet<string> NoBareAlias = Set(
        """
        ASC ASOF COLLATE DESC ESCAPE FETCH FOR LATERAL LIMIT MATCH_RECOGNIZE MINUS MULTISET OFFSET OVER
        OVERLAPS PIVOT QUALIFY SIMILAR TABLESAMPLE UESCAPE UNPIVOT WINDOW
        """);

    /// <summary>Where an expression, a table or a list may end.</summary>
    public static readonly FrozenSet<string> ClauseStarts = Set(
        """
        FROM WHERE GROUP HAVING WINDOW QUALIFY ORDER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT MINUS
        """);

    /// <summary>What follows a table in FROM.</summary>
    public static readonly FrozenSet<string> JoinWords = Set("JOIN INNER LEFT RIGHT FULL CROSS NATURAL ON USING");

    /// <summary>Units of an interval.</summary>
    public static readonly FrozenSet<string> IntervalUnits = Set(
        """
        YEAR YEARS QUARTER QUARTERS MONTH MONTHS WEEK WEEKS DAY DAYS HOUR HOURS MINUTE MINUTES SECOND SECONDS
        """);

    /// <summary>Units of EXTRACT, FLOOR and CEIL.</summary>
    public static readonly FrozenSet<string> TimeUnits = Set(
        """
        NANOSECOND MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY DOW ISODOW DOY WEEK MONTH QUARTER YEAR
        ISOYEAR DECADE CENTURY MILLENNIUM EPOCH
        """);

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
