using Millrace.Engine.Expressions.Casts;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Turns an expression into a <see cref="Kernel"/>. The expression has been bound: its types fit as the classes of
/// <c>Millrace.Plans</c> say; what does not is a bug and throws. Any number of kernels may be made of one expression.
/// </summary>
public static class ExpressionCompiler
{
    /// <summary>A kernel for one thread, in a session whose zone is UTC.</summary>
    public static Kernel Compile(Expression expression) => Compile(expression, TimeZoneInfo.Utc);

    /// <summary>A kernel for one thread.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="sessionZone">The zone in which casts see instants as wall times.</param>
    public static Kernel Compile(Expression expression, TimeZoneInfo sessionZone) =>
        new Compilation(new SessionZone(sessionZone)).Compile(expression);
}
