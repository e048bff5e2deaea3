using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Plans;
using Xunit;
using static Millrace.Engine.Tests.Expressions.Evaluation;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>CASE and COALESCE: whose bytes they return, and for which rows they ask.</summary>
public class ChoiceTests
{
    [Fact]
    public void Texts_of_one_buffer_are_not_copied()
    {
        byte[] data = "onetwo"u8.ToArray();
        BytesVector a = Slices(data, (0, 3), null, null);
        BytesVector b = Slices(data, (3, 3), (3, 3), null);
        Expression coalesce = Call(
            ScalarFunction.Coalesce, SqlType.String, Input(0, SqlType.String), Input(1, SqlType.String));
        BytesVector result = (BytesVector)Run(coalesce, Cells.BatchOf([a, b], 3));
        Assert.Same(data, result.Data);
        Assert.Equal(["one", "two", null], Texts(result, 3));
    }

    [Fact]
    public void Texts_of_several_buffers_are()
    {
        BytesVector a = Slices("one"u8.ToArray(), (0, 3), null, null);
        BytesVector b = Slices("two"u8.ToArray(), (0, 3), (0, 3), null);
        Expression[] arguments = [Input(0, SqlType.String), Input(1, SqlType.String), Literal.OfString("x")];
        Expression coalesce = Call(ScalarFunction.Coalesce, SqlType.String, arguments);
        Assert.Equal(["one", "two", "x"], Texts((BytesVector)Run(coalesce, Cells.BatchOf([a, b], 3)), 3));
    }

    [Fact]
    public void A_constant_is_copied_once()
    {
        Expression condition = Call(ScalarFunction.IsNull, SqlType.Boolean, Input(0, SqlType.String));
        CaseBranch branch = new(condition, Literal.OfString("none"));
        CaseExpression expression = new([branch], Literal.OfString("some"), SqlType.String);
        BytesVector column = Slices("abc"u8.ToArray(), (0, 1), null, (1, 1), null);
        BytesVector result = (BytesVector)Run(expression, Cells.BatchOf([column], 4));
        Assert.Equal(["some", "none", "some", "none"], Texts(result, 4));
        Assert.Equal(result.Starts[1], result.Starts[3]);
        Assert.Equal(result.Starts[0], result.Starts[2]);
    }

    [Fact]
    public void Without_nulls_the_first_argument_is_the_result()
    {
        BytesVector a = Slices("one"u8.ToArray(), (0, 3));
        Expression coalesce = Call(
            ScalarFunction.Coalesce, SqlType.String, Input(0, SqlType.String), Literal.OfString("x"));
        Assert.Same(a, Run(coalesce, Cells.BatchOf([a], 1)));
    }

    [Fact]
    public void A_condition_is_asked_only_for_rows_that_no_earlier_one_took()
    {
        InputColumn z = Input(0, SqlType.Int);
        Expression isZero = Call(ScalarFunction.Equal, SqlType.Boolean, z, Literal.OfInt(0));
        Expression quotient = Call(ScalarFunction.Divide, SqlType.Int, Literal.OfInt(10), z);
        Expression large = Call(ScalarFunction.Greater, SqlType.Boolean, quotient, Literal.OfInt(1));
        CaseExpression expression = new(
            [new(isZero, Literal.OfInt(0)), new(large, Literal.OfInt(1))], Literal.OfInt(2), SqlType.Int);
        Assert.Equal([0, 1, 0, 2, 2], Column(expression, Cells.Column(SqlType.Int, 0, 1, 0, -5, null)));
    }

    [Fact]
    public void Nested_values_are_chosen_whole()
    {
        SqlType type = SqlType.Array(SqlType.Int);
        ListVector a = Arrays(type, [1, 2], [3]);
        ListVector b = Arrays(type, [], [4, 5, 6]);
        Expression first = Call(ScalarFunction.Equal, SqlType.Boolean, Input(2, SqlType.Int), Literal.OfInt(1));
        CaseExpression expression = new([new(first, Input(0, type))], Input(1, type), type);
        ListVector result = (ListVector)Run(expression, Cells.BatchOf([a, b, Cells.Column(SqlType.Int, 1, 2)], 2));
        Assert.Equal([2, 3], result.Lengths[..2]);
        Assert.Equal(5, Cells.Read(result.Elements, result.Starts[1] + 1));
    }

    private static ListVector Arrays(SqlType type, params int[][] rows)
    {
        ListVector list = (ListVector)ColumnVector.Create(type);
        list.Reset(rows.Length);
        object?[] all = [.. rows.SelectMany(r => r).Cast<object?>()];
        VectorGather.Gather(Cells.Column(SqlType.Int, all), [.. Enumerable.Range(0, all.Length)], list.Elements);
        for (int i = 0; i < rows.Length; i++)
        {
            (list.Starts[i], list.Lengths[i]) = (list.ElementCount, rows[i].Length);
            list.ElementCount += rows[i].Length;
        }

        return list;
    }

    private static BytesVector Slices(byte[] data, params (int Start, int Length)?[] slices)
    {
        BytesVector column = new(SqlType.String) { Data = data };
        column.Reset(slices.Length);
        for (int i = 0; i < slices.Length; i++)
        {
            if (slices[i] is { } slice)
            {
                column.Set(i, slice.Start, slice.Length);
            }
            else
            {
                column.SetNull(i);
            }
        }

        return column;
    }

    private static ColumnVector Run(Expression expression, Batch batch)
    {
        RowMask mask = new();
        mask.SetAll(batch.Count);
        return ExpressionCompiler.Compile(expression).Evaluate(batch, mask, new FailureSink());
    }

    private static object?[] Texts(BytesVector column, int rows) =>
        [.. Enumerable.Range(0, rows).Select(i => Cells.Read(column, i))];
}
