namespace Millrace.Plans;

/// <summary>Computes each output column from the input's columns. A bare column keeps its time attribute and
/// origin.</summary>
public sealed class Project : PlanNode
{
    public Project(PlanNode input, IReadOnlyList<Expression> expressions, IReadOnlyList<Field> fields)
        : base([input], fields, input.Changelog, KeyThrough(input.UniqueKey, expressions))
    {
        Expressions = expressions;
    }

    /// <summary>One expression per output field.</summary>
    public IReadOnlyList<Expression> Expressions { get; }

    public override string Describe() =>
        $"Project({string.Join(", ", Expressions.Zip(Fields, (e, f) => $"{e} AS {f.Name}"))})";

    private static int[]? KeyThrough(IReadOnlyList<int>? key, IReadOnlyList<Expression> expressions)
    {
        if (key is null)
        {
            return null;
        }

        int[] mapped = new int[key.Count];
        for (int i = 0; i < key.Count; i++)
        {
            mapped[i] = IndexOfColumn(expressions, key[i]);
        }

        return mapped.Contains(-1) ? null : mapped;
    }

    private static int IndexOfColumn(IReadOnlyList<Expression> expressions, int column)
    {
        for (int i = 0; i < expressions.Count; i++)
        {
            if (expressions[i] is InputColumn input && input.Index == column)
            {
                return i;
            }
        }

        return -1;
    }
}
