using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Turns an expression into a <see cref="Kernel"/>. The expression has been bound: its types fit as the classes of
/// <c>Millrace.Plans</c> say; what does not is a bug and throws. Any number of kernels may be made of one expression.
/// </summary>
public static class ExpressionCompiler
{
    /// <summary>A kernel for one thread.</summary>
    public static Kernel Compile(Expression expression) => expression switch
    {
        InputColumn e => new InputColumnKernel(e),
        Literal e => new LiteralKernel(e),
        _ => throw new NotSupportedException($"no kernel for {expression}"),
    };
}
