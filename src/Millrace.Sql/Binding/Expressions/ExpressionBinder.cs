using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <summary>
/// Binds expressions over a scope. A construct that is wrong or not there is reported and bound to null, and so is
/// all that holds it; its other parts are still bound, to find their mistakes too. One file per family of constructs.
/// </summary>
internal sealed partial class ExpressionBinder(BindingContext context, Scope scope)
{
    /// <summary>Binds a construct before the usual rules are tried, or returns false to leave it to them: how a query
    /// over groups takes its aggregates and keys.</summary>
    public TryBind? Intercept { get; init; }

    /// <summary>Tries to bind a construct in a way of its own.</summary>
    public delegate bool TryBind(ExpressionSyntax syntax, ExpressionBinder binder, out Expression? bound);

    /// <summary>Where aggregates can't stand, in words for a message: <c>WHERE</c>.</summary>
    public string Place { get; init; } = "this place";

    public Expression? Bind(ExpressionSyntax syntax)
    {
        if (Intercept is not null && Intercept(syntax, this, out Expression? taken))
        {
            return taken;
        }

        return syntax switch
        {
            ParenthesizedExpressionSyntax s => Bind(s.Expression),
            NameExpressionSyntax s => BindName(s),
            NumberLiteralSyntax s => LiteralBinder.Number(s, context),
            StringLiteralSyntax s => LiteralBinder.Text(s),
            BinaryStringLiteralSyntax s => LiteralBinder.Binary(s, context),
            KeywordLiteralSyntax s => LiteralBinder.Keyword(s),
            TimeLiteralSyntax s => LiteralBinder.Time(s, context),
            IntervalExpressionSyntax s => IntervalBinder.Bind(s, context),
            UnaryExpressionSyntax s => BindUnary(s),
            BinaryExpressionSyntax s => BindBinary(s),
            IsExpressionSyntax s => BindIs(s),
            DistinctFromExpressionSyntax s => BindDistinctFrom(s),
            BetweenExpressionSyntax s => BindBetween(s),
            InExpressionSyntax s => BindIn(s),
            CaseExpressionSyntax s => BindCase(s),
            CastExpressionSyntax s => BindCast(s),
            FunctionCallSyntax s => BindCall(s),
            SubstringExpressionSyntax s => BindSubstring(
                s, s.Length is { } n ? [s.Text, s.Start, n] : [s.Text, s.Start]),
            _ => NotSupported(syntax),
        };
    }

    /// <summary>Binds a condition: a BOOLEAN.</summary>
    public Expression? BindCondition(ExpressionSyntax syntax, string clause)
    {
        if (Bind(syntax) is not { } bound)
        {
            return null;
        }

        DemandOf(syntax, bound, TypeFamily.Boolean, $"as the condition of {clause}");
        if (bound.Type.Kind == SqlTypeKind.Boolean)
        {
            return bound;
        }

        if (bound.Type.Kind == SqlTypeKind.Null)
        {
            return Literal.NullOf(SqlType.Boolean);
        }

        context.Report(BindingDiagnostics.NotACondition(context.At(syntax), clause, bound.Type));
        return null;
    }

    /// <summary>Says that a column whose type is open is used as one of a family.</summary>
    public void DemandOf(
        ExpressionSyntax syntax, Expression bound, TypeFamily family, string use, SqlType? type = null)
    {
        if (bound is InputColumn column
            && scope.Columns.FirstOrDefault(c => c.Index == column.Index)?.Field.Origin is { } origin)
        {
            context.Demand(new TypeDemand(origin, family, use, context.At(syntax), type));
        }
    }

    private Expression? NotSupported(ExpressionSyntax syntax)
    {
        context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(syntax), syntax.ToString()));
        return null;
    }

    private InputColumn? BindName(NameExpressionSyntax syntax)
    {
        IReadOnlyList<string> parts = syntax.Name.Values;
        if (parts.Count > 2 && scope.HasTable(parts[0]) && scope.Find(parts[0], parts[1]) is [{ Field.Type: var type }]
            && type.Kind != SqlTypeKind.Row)
        {
            context.Report(BindingDiagnostics.UnknownColumn(
                context.At(syntax), syntax.Name.Dotted, [$"{parts[0]}.{parts[1]}"]));
            return null;
        }

        if (parts.Count > 2)
        {
            NotSupported(syntax);
            return null;
        }

        string? table = parts.Count == 2 ? parts[0] : null;
        string column = parts[^1];
        if (table is not null && !scope.HasTable(table) && scope.Find(null, table).Count > 0)
        {
            context.Report(
                SqlSupportDiagnostics.ClauseNotSupported(context.At(syntax), $"the field {syntax} of a row"));
            return null;
        }

        if (table is not null && !scope.HasTable(table))
        {
            context.Report(BindingDiagnostics.UnknownAlias(context.At(syntax.Name.Parts[0]), table, scope.Tables));
            return null;
        }

        List<ScopeColumn> found = scope.Find(table, column);
        if (found.Count == 0)
        {
            ReportUnknown(syntax, table, column);
            return null;
        }

        if (found.Count > 1 || found[0].IsAmbiguous)
        {
            context.Report(BindingDiagnostics.AmbiguousColumn(context.At(syntax), column, found.Select(f => f.Table)));
            return null;
        }

        return new InputColumn(found[0].Index, column, found[0].Field.Type);
    }

    private void ReportUnknown(NameExpressionSyntax syntax, string? table, string column)
    {
        bool isKeyword = table is null && syntax.Name.Parts[0].Kind == TokenKind.Word
            && column.ToUpperInvariant() is "CURRENT_TIMESTAMP" or "CURRENT_DATE" or "CURRENT_TIME" or "LOCALTIMESTAMP"
                or "LOCALTIME"
                or "CURRENT_ROW_TIMESTAMP" or "CURRENT_USER" or "SESSION_USER" or "SYSTEM_USER" or "CURRENT_CATALOG";
        context.Report(isKeyword
            ? SqlSupportDiagnostics.FunctionNotSupported(context.At(syntax), column.ToUpperInvariant())
            : BindingDiagnostics.UnknownColumn(context.At(syntax.Name.Parts[^1]), column, scope.Names(table)));
    }

    private Expression[]? BindAll(params ReadOnlySpan<ExpressionSyntax> parts)
    {
        List<Expression> bound = [];
        foreach (ExpressionSyntax part in parts)
        {
            if (Bind(part) is { } expression)
            {
                bound.Add(expression);
            }
        }

        return bound.Count == parts.Length ? [.. bound] : null;
    }

    private static SqlType BooleanOf(params ReadOnlySpan<Expression> operands)
    {
        bool isNullable = false;
        foreach (Expression operand in operands)
        {
            isNullable |= operand.Type.IsNullable;
        }

        return SqlType.Boolean.WithNullability(isNullable);
    }

    private bool IsTyped(ExpressionSyntax syntax, Expression bound)
    {
        if (bound.Type.Kind != SqlTypeKind.Null)
        {
            return true;
        }

        context.Report(BindingDiagnostics.UntypedNull(context.At(syntax)));
        return false;
    }
}
