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
            (SqlType[] types, SqlType result) = Signature(function);
            InputColumn[] arguments = [.. types.Select((t, i) => new InputColumn(i, $"c{i}", t))];
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

    private static (SqlType[] Arguments, SqlType Result) Signature(ScalarFunction function)
    {
        (SqlType text, SqlType number, SqlType truth) = (SqlType.String, SqlType.Int, SqlType.Boolean);
        return function.Name switch
        {
            "AND" or "OR" => ([truth, truth], truth),
            "NOT" or "IS TRUE" or "IS NOT TRUE" or "IS FALSE" or "IS NOT FALSE" => ([truth], truth),
            "CONCAT" => ([text, text], text),
            "SUBSTRING" => ([text, number, number], text),
            "SPLIT_INDEX" => ([text, text, number], text),
            "+" or "-" or "*" or "/" or "%" or "COALESCE" => ([number, number], number),
            "NEGATE" or "ABS" => ([number], number),
            _ => ([number, number], truth),
        };
    }

    private static SqlType Type(string name) => Types.Single(t => t.ToString() == name);
}
