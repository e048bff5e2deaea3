using System.Numerics;

namespace Millrace.Engine.Expressions;

/// <summary>One of the six comparisons, as a type, so that each loop is compiled with its operator inside.</summary>
internal interface IComparison
{
    /// <summary>On values: IEEE rules for FLOAT and DOUBLE (NaN equals nothing, -0.0 equals 0.0).</summary>
    static abstract bool Holds<T>(T left, T right)
        where T : IComparisonOperators<T, T, bool>;

    /// <summary>On the sign of an ordering: below zero, zero, above zero.</summary>
    static abstract bool Holds(int order);
}

/// <summary><c>=</c></summary>
internal readonly struct EqualTo : IComparison
{
    public static bool Holds<T>(T left, T right)
        where T : IComparisonOperators<T, T, bool> => left == right;

    public static bool Holds(int order) => order == 0;
}

/// <summary><c>&lt;&gt;</c></summary>
internal readonly struct NotEqualTo : IComparison
{
    public static bool Holds<T>(T left, T right)
        where T : IComparisonOperators<T, T, bool> => left != right;

    public static bool Holds(int order) => order != 0;
}

/// <summary><c>&lt;</c></summary>
internal readonly struct LessThan : IComparison
{
    public static bool Holds<T>(T left, T right)
        where T : IComparisonOperators<T, T, bool> => left < right;

    public static bool Holds(int order) => order < 0;
}

/// <summary><c>&lt;=</c></summary>
internal readonly struct AtMost : IComparison
{
    public static bool Holds<T>(T left, T right)
        where T : IComparisonOperators<T, T, bool> => left <= right;

    public static bool Holds(int order) => order <= 0;
}

/// <summary><c>&gt;</c></summary>
internal readonly struct GreaterThan : IComparison
{
    public static bool Holds<T>(T left, T right)
        where T : IComparisonOperators<T, T, bool> => left > right;

    public static bool Holds(int order) => order > 0;
}

/// <summary><c>&gt;=</c></summary>
internal readonly struct AtLeast : IComparison
{
    public static bool Holds<T>(T left, T right)
        where T : IComparisonOperators<T, T, bool> => left >= right;

    public static bool Holds(int order) => order >= 0;
}
