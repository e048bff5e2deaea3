using Millrace.Data;

namespace Millrace.Plans;

/// <summary>
/// A scalar function or operator applied to arguments. The binder has already widened the arguments: both sides of a
/// comparison and all arguments of COALESCE have one type (nullability aside), arithmetic has the argument types that
/// its function's remarks name. Sides of a comparison that may differ: DECIMALs of any scale, a DECIMAL beside a
/// DOUBLE, texts of any length.
/// </summary>
public sealed class CallExpression : Expression
{
    public CallExpression(ScalarFunction function, IReadOnlyList<Expression> arguments, SqlType type)
        : base(type)
    {
        Function = function;
        Arguments = arguments;
    }

    public ScalarFunction Function { get; }

    public IReadOnlyList<Expression> Arguments { get; }

    public override IReadOnlyList<Expression> Operands => Arguments;

    public override string ToString() => $"{Function.Name}({string.Join(", ", Arguments)})";
}
