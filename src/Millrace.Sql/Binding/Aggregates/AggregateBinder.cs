using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <summary>Which calls are aggregates, what they take, and the types of their results.</summary>
internal static class AggregateBinder
{
    /// <summary>The function, or null when it is not there yet: reported.</summary>
    public static AggregateFunction? Find(FunctionCallSyntax syntax, BindingContext context)
    {
        string name = syntax.Name.Last.ToUpperInvariant();
        AggregateFunction? function = AggregateFunction.All.FirstOrDefault(f => f.Name == name);
        if (function is null || syntax.OrderBy is not null || syntax.NullTreatment is not null
            || syntax.WithinGroup is not null)
        {
            context.Report(SqlSupportDiagnostics.FunctionNotSupported(
                context.At(syntax), function is null ? name : syntax.ToString()));
            return null;
        }

        return function;
    }

    /// <summary>The type of a call's result, or null when it does not take the argument: reported.</summary>
    /// <param name="syntax">The call.</param>
    /// <param name="function">Its function.</param>
    /// <param name="argument">The argument's type; null for COUNT(*).</param>
    /// <param name="context">Takes what is wrong.</param>
    public static SqlType? TypeOf(
        FunctionCallSyntax syntax, AggregateFunction function, SqlType? argument, BindingContext context)
    {
        if (function == AggregateFunction.Count)
        {
            return argument is { Kind: SqlTypeKind.Row or SqlTypeKind.Map or SqlTypeKind.Multiset } && syntax.IsDistinct
                ? Refuse("a value that can be compared", argument)
                : SqlType.BigInt.NotNull();
        }

        SqlType type = argument!;
        if (function == AggregateFunction.Collect)
        {
            return type.Kind is SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Multiset or SqlTypeKind.Row
                ? NotYet()
                : SqlType.Multiset(type).NotNull();
        }

        // A group has a row at least; a filter may leave none.
        bool isNullable = type.IsNullable || syntax.Filter is not null;
        if (function == AggregateFunction.Min || function == AggregateFunction.Max)
        {
            return IsOrdered(type) ? type.WithNullability(isNullable) : Refuse("a value that has an order", type);
        }

        if (!type.IsNumeric)
        {
            return Refuse("a number", type);
        }

        SqlType result = type.Kind != SqlTypeKind.Decimal ? type
            : function == AggregateFunction.Sum ? SqlType.Decimal(38, type.Scale)
            : SqlType.Decimal(38, Math.Max(6, type.Scale));
        return result.WithNullability(isNullable);

        SqlType? NotYet()
        {
            context.Report(SqlSupportDiagnostics.TypesNotSupported(context.At(syntax), function.Name, type));
            return null;
        }

        SqlType? Refuse(string wanted, SqlType given)
        {
            context.Report(
                BindingDiagnostics.ArgumentType(context.At(syntax.Arguments[0]), function.Name, wanted, given));
            return null;
        }
    }

    private static bool IsOrdered(SqlType type) =>
        type.IsNumeric || type.IsCharacter || type.IsTimestamp
            || type.Kind is SqlTypeKind.Boolean or SqlTypeKind.Date or SqlTypeKind.Time;
}
