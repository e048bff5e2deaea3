using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>Random expressions over random batches and masks, against the reference evaluator, row by row.</summary>
public class KernelPropertyTests
{
    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 400)]
    [InlineData(3, 400)]
    public void Kernels_agree_with_the_reference(int seed, int expressions)
    {
        Random random = new(seed);
        RandomExpressions make = new(random);
        for (int i = 0; i < expressions; i++)
        {
            SqlType type = RandomExpressions.Types[random.Next(RandomExpressions.Types.Length)];
            Expression expression = make.Make(type, random.Next(5));
            Kernel kernel = ExpressionCompiler.Compile(expression);

            // The same kernel over batches of several sizes: what it owns is reused.
            foreach (int rows in (int[])[random.Next(1, 200), 64, 1])
            {
                Check(expression, kernel, make, rows, random);
            }
        }
    }

    [Fact]
    public void Most_random_expressions_give_values_and_some_fail()
    {
        Random random = new(4);
        RandomExpressions make = new(random);
        int values = 0;
        int nulls = 0;
        int failures = 0;
        for (int i = 0; i < 500; i++)
        {
            Expression expression = make.Make(RandomExpressions.Types[i % RandomExpressions.Types.Length], 3);
            object?[][] columns = Values(make, 20);
            Evaluation result = Evaluation.Of(expression, Batch(columns));
            values += result.Values.Count(v => v is not null);
            nulls += result.Values.Count(v => v is null);
            failures += result.Failures.Count(f => f is not null);
        }

        Assert.InRange(values, 3000, 9000);
        Assert.InRange(nulls, 500, 7000);
        Assert.InRange(failures, 50, 4000);
    }

    private static void Check(Expression expression, Kernel kernel, RandomExpressions make, int rows, Random random)
    {
        object?[][] columns = Values(make, rows);
        Batch batch = Batch(columns);
        RowMask mask = new();
        mask.SetAll(rows);
        for (int r = 0; r < rows; r++)
        {
            if (random.Next(4) == 0)
            {
                mask.Remove(r);
            }
        }

        Evaluation result = Evaluation.Of(kernel, batch, mask);
        for (int r = 0; r < rows; r++)
        {
            object?[] row = [.. columns.Select(c => c[r])];
            (object? value, string? failure) = mask[r] ? Reference(expression, row) : (null, null);
            Assert.True(
                Equals(failure, result.Failures[r]) && (failure is not null || Equals(value, result.Values[r])),
                $"{expression}\nover ({string.Join(", ", row)})\ngives {result.Values[r]} {result.Failures[r]}, "
                    + $"not {value} {failure}");
        }
    }

    private static (object? Value, string? Failure) Reference(Expression expression, object?[] row)
    {
        try
        {
            return (ReferenceEvaluator.Evaluate(expression, row), null);
        }
        catch (ReferenceFailure failure)
        {
            return (null, failure.Message);
        }
    }

    private static object?[][] Values(RandomExpressions make, int rows) =>
        [.. RandomExpressions.Types.Select(t => Enumerable.Range(0, rows).Select(_ => make.Value(t)).ToArray())];

    private static Batch Batch(object?[][] columns) => Cells.BatchOf(
        [.. columns.Select((c, i) => Cells.Column(RandomExpressions.Types[i], c))], columns[0].Length);
}
