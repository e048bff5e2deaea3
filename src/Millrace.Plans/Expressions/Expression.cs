using Millrace.Data;

namespace Millrace.Plans;

/// <summary>
/// A typed scalar expression over the columns of one input. Immutable. Its type is decided by the binder and carries
/// the exact nullability; evaluation order is left to right, and AND, OR, CASE are lazy (a guarded failure does not
/// happen).
/// </summary>
public abstract class Expression
{
    protected Expression(SqlType type)
    {
        Type = type;
    }

    public SqlType Type { get; }

    /// <summary>The expressions below, in evaluation order.</summary>
    public virtual IReadOnlyList<Expression> Operands => [];

    /// <summary>The input columns that this expression reads, each once, ascending: the ground of column
    /// lineage.</summary>
    public IReadOnlyList<int> InputColumns()
    {
        SortedSet<int> found = [];
        Collect(this, found);
        return [.. found];
    }

    private static void Collect(Expression expression, SortedSet<int> found)
    {
        if (expression is InputColumn column)
        {
            found.Add(column.Index);
        }

        foreach (Expression operand in expression.Operands)
        {
            Collect(operand, found);
        }
    }
}
