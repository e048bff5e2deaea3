using System.Numerics;

namespace Millrace.Engine.Expressions;

/// <summary>
/// An operation on two numbers of one type, as a type, so that each loop is compiled with its operator inside.
/// </summary>
internal interface IArithmetic
{
    static abstract T Apply<T>(T left, T right)
        where T : INumberBase<T>;

    static abstract Vector<T> Apply<T>(Vector<T> left, Vector<T> right);
}

/// <summary><c>+</c>; integers wrap.</summary>
internal readonly struct Addition : IArithmetic
{
    public static T Apply<T>(T left, T right)
        where T : INumberBase<T> => unchecked(left + right);

    public static Vector<T> Apply<T>(Vector<T> left, Vector<T> right) => left + right;
}

/// <summary><c>-</c>; integers wrap.</summary>
internal readonly struct Subtraction : IArithmetic
{
    public static T Apply<T>(T left, T right)
        where T : INumberBase<T> => unchecked(left - right);

    public static Vector<T> Apply<T>(Vector<T> left, Vector<T> right) => left - right;
}

/// <summary><c>*</c>; integers wrap.</summary>
internal readonly struct Multiplication : IArithmetic
{
    public static T Apply<T>(T left, T right)
        where T : INumberBase<T> => unchecked(left * right);

    public static Vector<T> Apply<T>(Vector<T> left, Vector<T> right) => left * right;
}

/// <summary><c>/</c> of FLOAT and DOUBLE, which never fails.</summary>
internal readonly struct ApproximateDivision : IArithmetic
{
    public static T Apply<T>(T left, T right)
        where T : INumberBase<T> => left / right;

    public static Vector<T> Apply<T>(Vector<T> left, Vector<T> right) => left / right;
}
