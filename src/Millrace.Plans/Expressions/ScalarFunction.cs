namespace Millrace.Plans;

/// <summary>
/// The scalar functions and operators of the dialect, by identity. Each has one kernel in the engine and one folder
/// of specs; a test walks <see cref="All"/> to hold that. Immutable.
/// </summary>
public sealed class ScalarFunction
{
    private static readonly List<ScalarFunction> Registered = [];

    private ScalarFunction(string name)
    {
        Name = name;
        Registered.Add(this);
    }

    // Logic (three-valued; AND and OR are lazy from left to right).
    public static readonly ScalarFunction And = new("AND");
    public static readonly ScalarFunction Or = new("OR");
    public static readonly ScalarFunction Not = new("NOT");
    public static readonly ScalarFunction IsNull = new("IS NULL");
    public static readonly ScalarFunction IsNotNull = new("IS NOT NULL");
    public static readonly ScalarFunction IsTrue = new("IS TRUE");
    public static readonly ScalarFunction IsNotTrue = new("IS NOT TRUE");
    public static readonly ScalarFunction IsFalse = new("IS FALSE");
    public static readonly ScalarFunction IsNotFalse = new("IS NOT FALSE");

    // Comparison: both arguments of one type.
    public static readonly ScalarFunction Equal = new("=");
    public static readonly ScalarFunction NotEqual = new("<>");
    public static readonly ScalarFunction Less = new("<");
    public static readonly ScalarFunction LessOrEqual = new("<=");
    public static readonly ScalarFunction Greater = new(">");
    public static readonly ScalarFunction GreaterOrEqual = new(">=");
    public static readonly ScalarFunction IsDistinctFrom = new("IS DISTINCT FROM");
    public static readonly ScalarFunction IsNotDistinctFrom = new("IS NOT DISTINCT FROM");

    // Arithmetic: integers and approximate numbers come with both arguments of the result's type; DECIMAL arguments
    // keep their own precision and scale, the result's are those of the call's type, and so do the integers of %; a
    // time comes with an interval.
    public static readonly ScalarFunction Add = new("+");
    public static readonly ScalarFunction Subtract = new("-");
    public static readonly ScalarFunction Multiply = new("*");
    public static readonly ScalarFunction Divide = new("/");
    public static readonly ScalarFunction Modulo = new("%");
    public static readonly ScalarFunction Negate = new("NEGATE");
    public static readonly ScalarFunction Abs = new("ABS");

    // Texts: all text arguments are of character types, numbers are INT.
    public static readonly ScalarFunction Concat = new("CONCAT");

    /// <summary>Text, start and, optionally, length.</summary>
    public static readonly ScalarFunction Substring = new("SUBSTRING");
    public static readonly ScalarFunction SplitIndex = new("SPLIT_INDEX");

    // Choice: all arguments of the result's type.
    public static readonly ScalarFunction Coalesce = new("COALESCE");

    /// <summary>Every function there is, in the order of declaration.</summary>
    public static IReadOnlyList<ScalarFunction> All => Registered;

    /// <summary>The SQL name or operator sign.</summary>
    public string Name { get; }

    public override string ToString() => Name;
}
