using System.Collections.Frozen;

namespace Millrace.Sql.Binding;

/// <summary>
/// The functions of Flink 2.2 by name,
/// in upper case: so that one which is not here yet is told from one which is nowhere.
/// </summary>
internal static class FunctionNames
{
    private static readonly FrozenSet<string> Aggregates = Set(
        """
        APPROX_COUNT_DISTINCT ARRAY_AGG AVG COLLECT COUNT FIRST_VALUE GROUPING GROUPING_ID GROUP_ID
        JSON_ARRAYAGG JSON_OBJECTAGG LAST_VALUE LISTAGG MAX MIN PERCENTILE SINGLE_VALUE STDDEV STDDEV_POP
        STDDEV_SAMP SUM VARIANCE VAR_POP VAR_SAMP
        """);

    private static readonly FrozenSet<string> Windows = Set(
        """
        CUMULATE HOP HOP_END HOP_PROCTIME HOP_ROWTIME HOP_START SESSION SESSION_END SESSION_PROCTIME
        SESSION_ROWTIME SESSION_START TUMBLE TUMBLE_END TUMBLE_PROCTIME TUMBLE_ROWTIME TUMBLE_START
        """);

    private static readonly FrozenSet<string> Scalars = Set(
        """
        ABS ACOS AI_EMBEDDING ARRAY_APPEND ARRAY_CONCAT ARRAY_CONTAINS ARRAY_DISTINCT ARRAY_EXCEPT
        ARRAY_INTERSECT ARRAY_JOIN ARRAY_MAX ARRAY_MIN ARRAY_POSITION ARRAY_PREPEND ARRAY_REMOVE ARRAY_REVERSE
        ARRAY_SLICE ARRAY_SORT ARRAY_UNION ASCII ASIN ATAN ATAN2 BIN BITAND BITNOT BITOR BTRIM CARDINALITY CEIL
        CEILING CHARACTER_LENGTH CHAR_LENGTH CHR COALESCE CONCAT CONCAT_WS CONVERT_TZ COS COSH COT CUME_DIST
        CURRENT_DATABASE CURRENT_DATE CURRENT_ROW_TIMESTAMP CURRENT_TIME CURRENT_TIMESTAMP CURRENT_WATERMARK
        LOCALTIME DATE_FORMAT DAY DAYOFMONTH DAYOFWEEK DAYOFYEAR
        DECODE DEFAULT DEGREES DENSE_RANK DESCRIPTOR E ELEMENT ELT ENCODE ENDSWITH EXP EXTRACT FLOOR FROM_BASE64
        FROM_UNIXTIME GREATEST HEX HOUR IF IFNULL INITCAP INSTR IS_ALPHA IS_DECIMAL IS_DIGIT JSON JSON_ARRAY
        JSON_EXISTS JSON_LENGTH JSON_OBJECT JSON_QUERY JSON_QUOTE JSON_STRING JSON_UNQUOTE JSON_VALUE LAG LEAD
        LEAST LEFT LN LOCALTIMESTAMP LOCATE LOG LOG10 LOG2 LOWER LPAD LTRIM MAP_ENTRIES MAP_FROM_ARRAYS
        MAP_FROM_ENTRIES MAP_KEYS MAP_UNION MAP_VALUES MD5 MINUTE ML_PREDICT MOD MONTH MULTISET NOW NTILE NULLIF
        NULLS OBJECT_OF OBJECT_UPDATE OVERLAY PARSE_JSON PARSE_URL PERCENT_RANK PI POSITION POWER PRINTF
        PROCTIME PROCTIME_MATERIALIZE QUARTER RADIANS RAND RANDOM RAND_INTEGER RANK REGEXP REGEXP_COUNT
        REGEXP_EXTRACT REGEXP_EXTRACT_ALL REGEXP_INSTR REGEXP_LIKE REGEXP_REPLACE REGEXP_SUBSTR REPEAT REPLACE
        REVERSE RIGHT ROUND ROWTIME ROW_NUMBER RPAD RTRIM SECOND SHA1 SHA2 SHA224 SHA256 SHA384 SHA512 SIGN SIN
        SINH SOURCE_WATERMARK SPLIT SPLIT_INDEX SQRT STARTSWITH STREAMRECORD_TIMESTAMP STR_TO_MAP SUBSTR
        SUBSTRING TAN TANH TIMESTAMPADD TIMESTAMPDIFF TO_BASE64 TO_DATE TO_TIMESTAMP TO_TIMESTAMP_LTZ TRANSLATE
        TRIM TRUNCATE TRY_CAST TRY_PARSE_JSON TYPEOF UNHEX UNIX_TIMESTAMP UPPER URL_DECODE URL_DECODE_RECURSIVE
        URL_ENCODE UUID WEEK YEAR
        """);

    private static readonly FrozenDictionary<string, string> Elsewhere = new Dictionary<string, string>
    {
        ["NVL"] = "write COALESCE(x, default)",
        ["ISNULL"] = "write x IS NULL, or COALESCE(x, default)",
        ["LEN"] = "write CHAR_LENGTH(text)",
        ["LENGTH"] = "write CHAR_LENGTH(text)",
        ["DATEDIFF"] = "write TIMESTAMPDIFF(DAY, from, to)",
        ["DATE_ADD"] = "write x + INTERVAL '1' DAY",
        ["DATE_TRUNC"] = "write FLOOR(x TO DAY)",
        ["ANY_VALUE"] = "write MAX(x)",
        ["STRPOS"] = "write POSITION(part IN text)",
        ["CONTAINS"] = "write POSITION(part IN text) > 0",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Known => Scalars.Concat(Aggregates).Concat(Windows).Order(StringComparer.Ordinal);

    /// <summary>Functions of other dialects for which there is something to write instead.</summary>
    public static IEnumerable<string> OfOthers => Elsewhere.Keys.Order(StringComparer.Ordinal);

    public static bool IsAggregate(string name) => Aggregates.Contains(name);

    /// <summary>A window of GROUP BY, or a property of one.</summary>
    public static bool IsGroupWindow(string name) => Windows.Contains(name);

    /// <summary>Whether Flink has it.</summary>
    public static bool IsKnown(string name) => Scalars.Contains(name) || Aggregates.Contains(name)
        || Windows.Contains(name);

    /// <summary>What to write instead of a function of another dialect.</summary>
    public static string? Foreign(string name) => Elsewhere.GetValueOrDefault(name);

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[])[' ', '\n', '\r'],
            StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
