using System.Numerics;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>A conversion of values that cannot fail, as a type, so that each loop is compiled with it inside.</summary>
internal interface IConversion<TFrom, TTo>
{
    static abstract TTo Convert(TFrom value);
}

/// <summary>Integers keep their low bits; integers to approximate numbers, and those to each other, round.</summary>
internal readonly struct Truncating<TFrom, TTo> : IConversion<TFrom, TTo>
    where TFrom : INumberBase<TFrom>
    where TTo : INumberBase<TTo>
{
    public static TTo Convert(TFrom value) => TTo.CreateTruncating(value);
}

/// <summary>Approximate numbers to integers: cut toward zero, the nearest end when too large, NaN is 0.</summary>
internal readonly struct Saturating<TFrom, TTo> : IConversion<TFrom, TTo>
    where TFrom : INumberBase<TFrom>
    where TTo : INumberBase<TTo>
{
    public static TTo Convert(TFrom value) => TTo.CreateSaturating(value);
}

/// <summary>Numbers to BOOLEAN: whether not zero.</summary>
internal readonly struct NotZero<TFrom> : IConversion<TFrom, byte>
    where TFrom : INumberBase<TFrom>
{
    public static byte Convert(TFrom value) => TFrom.IsZero(value) ? (byte)0 : (byte)1;
}
