using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>Whether two expressions are the same one, operand by operand, type by type.</summary>
internal static class ExpressionEquality
{
    public static bool AreEqual(Expression left, Expression right)
    {
        if (left.GetType() != right.GetType() || left.Type != right.Type || left.Operands.Count != right.Operands.Count)
        {
            return false;
        }

        bool isSame = (left, right) switch
        {
            (InputColumn a, InputColumn b) => a.Index == b.Index,
            (Literal a, Literal b) => AreEqual(a.Value, b.Value),
            (CallExpression a, CallExpression b) => a.Function == b.Function,
            (CastExpression a, CastExpression b) => a.IsTry == b.IsTry,
            _ => true,
        };
        return isSame && left.Operands.Zip(right.Operands, AreEqual).All(e => e);
    }

    private static bool AreEqual(object? left, object? right) =>
        left is byte[] a && right is byte[] b ? a.AsSpan().SequenceEqual(b) : Equals(left, right);
}
