using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Plans;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>What a compiled expression gave: a value per active row, or the reason for which the row failed.</summary>
internal sealed record Evaluation(object?[] Values, string?[] Failures)
{
    public static Evaluation Of(Expression expression, Batch batch, RowMask? mask = null) =>
        Of(ExpressionCompiler.Compile(expression), batch, mask);

    public static Evaluation Of(Kernel kernel, Batch batch, RowMask? mask = null)
    {
        if (mask is null)
        {
            mask = new RowMask();
            mask.SetAll(batch.Count);
        }

        FailureSink sink = new();
        ColumnVector column = kernel.Evaluate(batch, mask, sink);
        object?[] values = new object?[batch.Count];
        string?[] failures = new string?[batch.Count];
        foreach (RowFailure failure in sink.Failures)
        {
            failures[failure.Row] = failure.Reason;
        }

        for (int i = 0; i < batch.Count; i++)
        {
            values[i] = mask[i] && failures[i] is null ? Cells.Read(column, i) : null;
        }

        return new Evaluation(values, failures);
    }

    /// <summary>The values of an expression over one or two columns, without a failure.</summary>
    public static object?[] Column(Expression expression, params ColumnVector[] columns)
    {
        Evaluation result = Of(expression, Cells.Batch(columns));
        Xunit.Assert.All(result.Failures, Xunit.Assert.Null);
        return result.Values;
    }

    /// <summary>The value of an expression without columns.</summary>
    public static object? Constant(Expression expression)
    {
        Evaluation result = Of(expression, Cells.BatchOf([], 1));
        Xunit.Assert.Null(result.Failures[0]);
        return result.Values[0];
    }

    public static CallExpression Call(ScalarFunction function, SqlType type, params Expression[] arguments) =>
        new(function, arguments, type);

    public static InputColumn Input(int index, SqlType type) => new(index, $"c{index}", type);
}
