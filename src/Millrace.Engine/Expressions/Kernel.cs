using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// A compiled expression: computes one column from a batch, a whole batch per call. Owns its result and scratch memory
/// and reuses them, so one instance serves one thread; every worker compiles its own.
/// </summary>
public abstract class Kernel
{
    protected Kernel(SqlType type)
    {
        Type = type;
    }

    /// <summary>The type of the result column.</summary>
    public SqlType Type { get; }

    /// <summary>
    /// The expression's values for the first <see cref="Batch.Count"/> rows of <paramref name="input"/>. Rows that are
    /// not in
    /// <paramref name="active"/> have undefined values and never fail. A row that fails is given to
    /// <paramref name="failures"/> and its value is undefined. The result is good until the next call; it may be a
    /// column of the input itself (a bare column) and texts in it may be slices of the input's buffers. Neither the
    /// input nor the mask is changed.
    /// </summary>
    public abstract ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures);

    /// <summary>
    /// Whether a row may fail. When not, <see cref="Evaluate"/> looks neither at the mask nor at the sink, and what
    /// guards it (AND, OR, CASE) need not make a mask.
    /// </summary>
    public virtual bool CanFail => false;
}
