using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>Every function and every cast that the plans know has a kernel.</summary>
public class CompletenessTests
{
    private static readonly SqlType[] Types =
    [
        SqlType.Boolean, SqlType.TinyInt, SqlType.SmallInt, SqlType.Int, SqlType.BigInt, SqlType.Float, SqlType.Double,
        SqlType.Decimal(10, 2), SqlType.Char(3), SqlType.VarChar(5), SqlType.String, SqlType.Binary(2), SqlType.Bytes,
        SqlType.Date, SqlType.Time(0), SqlType.Timestamp(0), SqlType.Timestamp(3), SqlType.Timestamp(6),
        SqlType.TimestampLtz(3), SqlType.IntervalDayTime, SqlType.IntervalYearMonth, SqlType.Array(SqlType.Int),
        SqlType.Map(SqlType.String, SqlType.Int), SqlType.Multiset(SqlType.String),
        SqlType.Row([new("a", SqlType.Int)]),
    ];

    [Fact]
    public void Every_function_has_a_kernel()
    {
        foreach (ScalarFunction function in ScalarFunction.All)
        {
            SqlType type = IsLogic(function) ? SqlType.Boolean : SqlType.Int;
            InputColumn[] arguments = [new(0, "a", type), new(1, "b", type)];
            SqlType result = IsArithmetic(function) ? SqlType.Int : SqlType.Boolean;
            Assert.NotNull(ExpressionCompiler.Compile(new CallExpression(function, arguments, result)));
        }
    }

    [Fact]
    public void Every_supported_cast_has_a_kernel_that_takes_nulls()
    {
        int supported = 0;
        foreach (SqlType from in Types)
        {
            foreach (SqlType to in Types)
            {
                if (CastRules.Check(from, to) != CastSupport.Supported)
                {
                    continue;
                }

                supported++;
                ColumnVector column = ColumnVector.Create(from);
                column.Reset(70);
                column.MakeNullable(70);
                column.Validity.Clear();
                Kernel kernel = ExpressionCompiler.Compile(new CastExpression(new InputColumn(0, "a", from), to));
                RowMask mask = new();
                mask.SetAll(70);
                FailureSink sink = new();
                ColumnVector result = kernel.Evaluate(Cells.BatchOf([column], 70), mask, sink);
                Assert.All(Enumerable.Range(0, 70), i => Assert.True(result.IsNull(i), $"{from} to {to}"));
                Assert.True(sink.IsEmpty);
            }
        }

        Assert.InRange(supported, 150, 400);
    }

    [Theory]
    [InlineData(CastSupport.Refused, "INTEGER", "TIMESTAMP(3)")]
    [InlineData(CastSupport.Refused, "TIMESTAMP(3)", "BIGINT")]
    [InlineData(CastSupport.Refused, "DATE", "INTEGER")]
    [InlineData(CastSupport.Refused, "BOOLEAN", "DATE")]
    [InlineData(CastSupport.Refused, "DATE", "TIME(0)")]
    [InlineData(CastSupport.Refused, "TIME(0)", "DATE")]
    [InlineData(CastSupport.Refused, "BYTES", "INTEGER")]
    [InlineData(CastSupport.Refused, "INTEGER", "BYTES")]
    [InlineData(CastSupport.Refused, "STRING", "ARRAY<INTEGER>")]
    [InlineData(CastSupport.Refused, "STRING", "ROW<`a` INTEGER>")]
    [InlineData(CastSupport.Refused, "INTERVAL_DAY_TIME", "BIGINT")]
    [InlineData(CastSupport.Supported, "DECIMAL(10,2)", "BOOLEAN")]
    [InlineData(CastSupport.Supported, "MULTISET<STRING>", "STRING")]
    [InlineData(CastSupport.NotYet, "STRING", "TIMESTAMP(6)")]
    public void Casts_are_refused_as_flink_refuses(CastSupport expected, string from, string to) =>
        Assert.Equal(expected, CastRules.Check(Type(from), Type(to)));

    private static bool IsLogic(ScalarFunction function) => function.Name is "AND" or "OR" or "NOT"
        || function.Name.EndsWith("TRUE", StringComparison.Ordinal)
        || function.Name.EndsWith("FALSE", StringComparison.Ordinal);

    private static bool IsArithmetic(ScalarFunction function) =>
        function.Name is "+" or "-" or "*" or "/" or "%" or "NEGATE" or "ABS" or "COALESCE";

    private static SqlType Type(string name) => Types.Single(t => t.ToString() == name);
}
