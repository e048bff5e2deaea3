using Millrace.Data;
using Millrace.Plans;
using Xunit;
using static Millrace.Engine.Tests.Expressions.Evaluation;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>Comparisons where types have their own minds: flink-semantics 1.5 and 1.7.</summary>
public class ComparisonTests
{
    [Theory]
    [InlineData("=", double.NaN, double.NaN, false)]
    [InlineData("<>", double.NaN, double.NaN, true)]
    [InlineData("<", double.NaN, 1d, false)]
    [InlineData(">=", double.NaN, 1d, false)]
    [InlineData("=", -0d, 0d, true)]
    [InlineData("<", -0d, 0d, false)]
    [InlineData("IS DISTINCT FROM", double.NaN, double.NaN, true)]
    [InlineData("IS NOT DISTINCT FROM", -0d, 0d, true)]
    public void Doubles_follow_ieee(string name, double a, double b, bool expected) =>
        Assert.Equal(expected, Compare(name, SqlType.Double, a, SqlType.Double, b));

    [Theory]
    [InlineData("=", true)]
    [InlineData(">=", true)]
    [InlineData("<>", false)]
    [InlineData("<", false)]
    [InlineData("IS DISTINCT FROM", false)]
    [InlineData("IS NOT DISTINCT FROM", true)]
    public void A_column_compared_with_itself_is_decided_without_its_value(string name, bool expected)
    {
        InputColumn d = Input(0, SqlType.Double);
        ColumnVector column = Cells.Column(SqlType.Double, double.NaN, null);
        object?[] values = Column(Call(Function(name), SqlType.Boolean, d, d), column);
        Assert.Equal(expected, values[0]);
        Assert.Equal(name.StartsWith("IS", StringComparison.Ordinal) ? expected : null, values[1]);
    }

    [Theory]
    [InlineData("<", double.NaN, false)]
    [InlineData(">", double.NaN, true)]
    [InlineData("=", 1.5, true)]
    [InlineData("<>", 1.5000001, true)]
    public void A_double_meets_a_decimal_as_a_double_and_nan_is_greatest(string name, double value, bool expected)
    {
        Int128 decimalValue = 15;
        Assert.Equal(expected, Compare(name, SqlType.Double, value, SqlType.Decimal(3, 1), decimalValue));
        string mirrored = name is "<" ? ">" : name is ">" ? "<" : name;
        Assert.Equal(expected, Compare(mirrored, SqlType.Decimal(3, 1), decimalValue, SqlType.Double, value));
    }

    [Fact]
    public void A_decimal_constant_beside_a_double_is_a_double()
    {
        Literal zero = new((Int128)0, SqlType.Decimal(2, 1).NotNull());
        InputColumn d = Input(0, SqlType.Double);
        ColumnVector column = Cells.Column(SqlType.Double, -0d, double.NaN);
        Assert.Equal([true, false], Column(Call(ScalarFunction.Equal, SqlType.Boolean, d, zero), column));
        Assert.Equal([false, false], Column(Call(ScalarFunction.Less, SqlType.Boolean, zero, d), column));
        Assert.Equal(false, Compare("=", SqlType.Double, -0d, SqlType.Decimal(2, 1), (Int128)0));
    }

    [Fact]
    public void Not_turns_comparisons_round_so_that_a_nan_fails_both()
    {
        InputColumn d = Input(0, SqlType.Double);
        Literal one = new(1d, SqlType.Double.NotNull());
        Expression atLeast = Call(ScalarFunction.GreaterOrEqual, SqlType.Boolean, d, one);
        Expression equal = Call(ScalarFunction.Equal, SqlType.Boolean, d, one);
        Expression isKnown = Call(ScalarFunction.IsNotNull, SqlType.Boolean, d);
        ColumnVector column = Cells.Column(SqlType.Double, 0d, 1d, 2d, double.NaN, null);
        Assert.Equal([true, false, false, false, null], Column(Not(atLeast), column));
        Assert.Equal([false, true, true, false, null], Column(Not(Not(atLeast)), column));
        Assert.Equal([true, false, true, true, null], Column(Not(equal), column));
        Assert.Equal([true, false, false, false, true], Column(Not(Both(isKnown, atLeast)), column));
        static Expression Not(Expression e) => Call(ScalarFunction.Not, SqlType.Boolean, e);
        static Expression Both(Expression a, Expression b) => Call(ScalarFunction.And, SqlType.Boolean, a, b);
    }

    [Fact]
    public void Decimals_of_different_scale_compare_exactly()
    {
        Int128 nines = Int128.Parse("99999999999999999999999999999999999999");
        Assert.Equal(true, Compare("<", SqlType.Decimal(38, 38), nines, SqlType.Decimal(1, 0), (Int128)1));
        Assert.Equal(true, Compare("=", SqlType.Decimal(10, 2), (Int128)150, SqlType.Decimal(10, 1), (Int128)15));
        Assert.Equal(true, Compare(">", SqlType.Decimal(38, 0), nines, SqlType.Decimal(38, 37), nines));
    }

    [Theory]
    [InlineData("b", "B", true)]
    [InlineData("", "a", false)]
    [InlineData("ab", "a", true)]
    [InlineData("\U0001F600", "\uFFFD", true)]
    public void Texts_are_ordered_by_bytes(string a, string b, bool isGreater) =>
        Assert.Equal(isGreater, Compare(">", SqlType.String, a, SqlType.String, b));

    [Theory]
    [InlineData("page_view", "page_view", true)]
    [InlineData("page_vieW", "page_view", false)]
    [InlineData("Page_view", "page_view", false)]
    [InlineData("click", "click", true)]
    [InlineData("clack", "click", false)]
    [InlineData("", "", true)]
    [InlineData("a", "", false)]
    public void A_text_is_compared_with_a_constant_wherever_it_lies(string value, string constant, bool isEqual)
    {
        // At the end of the buffer, where eight bytes cannot be read, and in front of other texts.
        InputColumn s = Input(0, SqlType.String);
        Expression equal = Call(ScalarFunction.Equal, SqlType.Boolean, s, Literal.OfString(constant));
        Expression mirrored = Call(ScalarFunction.NotEqual, SqlType.Boolean, Literal.OfString(constant), s);
        ColumnVector column = Cells.Column(SqlType.String, value, "another text, long enough", null, value);
        Assert.Equal([isEqual, false, null, isEqual], Column(equal, column));
        Assert.Equal([!isEqual, true, null, !isEqual], Column(mirrored, column));
    }

    [Fact]
    public void Several_doubles_are_looked_up_by_their_bits_and_one_is_compared()
    {
        InputColumn d = Input(0, SqlType.Double);
        Literal zero = new(0d, SqlType.Double.NotNull());
        Literal one = new(1d, SqlType.Double.NotNull());
        ColumnVector column = Cells.Column(SqlType.Double, -0d, 0d, 1d, null);
        Assert.Equal([false, true, true, null], Column(new InListExpression(d, [zero, one], SqlType.Boolean), column));
        Assert.Equal([true, true, false, null], Column(new InListExpression(d, [zero], SqlType.Boolean), column));
    }

    [Fact]
    public void A_null_in_the_list_leaves_no_certain_no()
    {
        InputColumn s = Input(0, SqlType.String);
        InListExpression list = new(s, [Literal.OfString("a"), Literal.NullOf(SqlType.String)], SqlType.Boolean);
        ColumnVector column = Cells.Column(SqlType.String, "a", "b", null);
        Assert.Equal([true, null, null], Column(list, column));
        Assert.Equal([false, null, null], Column(Call(ScalarFunction.Not, SqlType.Boolean, list), column));
    }

    [Fact]
    public void Rows_and_arrays_are_equal_with_nulls_in_the_same_places()
    {
        SqlType map = SqlType.Map(SqlType.String, SqlType.Int);
        SqlType type = SqlType.Row([new("a", SqlType.Array(SqlType.Int)), new("b", map)]);
        ColumnVector left = Nested(type, ("x", 1), ("y", null));
        ColumnVector right = Nested(type, ("y", null), ("x", 1));
        ColumnVector other = Nested(type, ("y", 1), ("x", null));
        Expression equal = Call(ScalarFunction.Equal, SqlType.Boolean, Input(0, type), Input(1, type));
        Assert.Equal(true, Of(equal, Cells.BatchOf([left, right], 1)).Values[0]);
        Assert.Equal(false, Of(equal, Cells.BatchOf([left, other], 1)).Values[0]);
    }

    // One row: ARRAY[NULL, 1] and a map of the entries.
    private static RowVector Nested(SqlType type, params (string Key, int? Value)[] entries)
    {
        RowVector row = (RowVector)ColumnVector.Create(type);
        row.Reset(1);
        ListVector array = (ListVector)row.Fields[0];
        Fill(array, Cells.Column(SqlType.Int, null, 1), null, 2);
        ListVector map = (ListVector)row.Fields[1];
        object?[] values = [.. entries.Select(e => (object?)e.Value)];
        object?[] keys = [.. entries.Select(e => (object?)e.Key)];
        Fill(map, Cells.Column(SqlType.String, keys), Cells.Column(SqlType.Int, values), 2);
        return row;
    }

    private static void Fill(ListVector list, ColumnVector elements, ColumnVector? values, int count)
    {
        (list.Starts[0], list.Lengths[0], list.ElementCount) = (0, count, count);
        int[] all = [.. Enumerable.Range(0, count)];
        VectorGather.Gather(elements, all, list.Elements);
        if (values is not null)
        {
            VectorGather.Gather(values, all, list.Values!);
        }
    }

    private static ScalarFunction Function(string name) => ScalarFunction.All.Single(f => f.Name == name);

    private static object? Compare(string name, SqlType typeA, object a, SqlType typeB, object b)
    {
        Expression call = Call(Function(name), SqlType.Boolean, Input(0, typeA), Input(1, typeB));
        return Column(call, Cells.Column(typeA, a), Cells.Column(typeB, b))[0];
    }
}
