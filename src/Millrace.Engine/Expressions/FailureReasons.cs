namespace Millrace.Engine.Expressions;

/// <summary>The codes that <see cref="RowFailure.Reason"/> may hold when an expression fails.</summary>
public static class FailureReasons
{
    /// <summary>An integer or DECIMAL was divided by zero.</summary>
    public const string DivisionByZero = "DIVISION_BY_ZERO";

    /// <summary>A CAST could not convert the value.</summary>
    public const string CastFailed = "CAST_FAILED";

    /// <summary>A DECIMAL did not fit a type that is NOT NULL, so that it cannot become NULL.</summary>
    public const string DecimalOverflow = "DECIMAL_OVERFLOW";
}
