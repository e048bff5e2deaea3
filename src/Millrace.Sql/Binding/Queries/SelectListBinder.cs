using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Binding;

/// <summary>
/// Binds a SELECT list and names its columns: the alias, a column's own name, else <c>EXPR$n</c>. A name may come
/// twice; then nobody outside can refer to it.
/// </summary>
internal sealed class SelectListBinder(BindingContext context, Scope scope)
{
    /// <summary>The columns, or null when one is wrong.</summary>
    public List<OutputColumn>? Bind(IReadOnlyList<SelectItemSyntax> items, ExpressionBinder binder, bool isGrouped)
    {
        List<OutputColumn> output = [];
        bool isWhole = true;
        for (int i = 0; i < items.Count; i++)
        {
            SelectItemSyntax item = items[i];
            if (item.Expression is StarExpressionSyntax star)
            {
                isWhole &= BindStar(star, output, isGrouped);
            }
            else if (binder.Bind(item.Expression) is { } expression && IsTyped(item, expression))
            {
                output.Add(new OutputColumn(NameOf(item, i), expression));
            }
            else
            {
                isWhole = false;
            }
        }

        return isWhole ? output : null;
    }

    private bool IsTyped(SelectItemSyntax item, Expression expression)
    {
        if (expression.Type.Kind != Data.SqlTypeKind.Null)
        {
            return true;
        }

        context.Report(BindingDiagnostics.UntypedNull(context.At(item.Expression)));
        return false;
    }

    private bool BindStar(StarExpressionSyntax star, List<OutputColumn> output, bool isGrouped)
    {
        string? table = star.Qualifier?.Dotted;
        if (isGrouped)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(star), "* beside GROUP BY"));
            return false;
        }

        if (table is not null && !scope.HasTable(table) && scope.Find(null, star.Qualifier!.Last).Count > 0)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(star), $"the fields {star} of a row"));
            return false;
        }

        if (table is not null && !scope.HasTable(table))
        {
            context.Report(BindingDiagnostics.UnknownAlias(context.At(star), table, scope.Tables));
            return false;
        }

        foreach (ScopeColumn column in scope.Columns.Where(c => table is null || c.Table == table))
        {
            if (scope.Columns.Count(c => c.Table == column.Table && c.Field.Name == column.Field.Name) > 1)
            {
                context.Report(BindingDiagnostics.AmbiguousColumn(context.At(star), column.Field.Name, [column.Table]));
                return false;
            }

            InputColumn input = new(column.Index, column.Field.Name, column.Field.Type);
            output.Add(new OutputColumn(column.Field.Name, input));
        }

        return true;
    }

    private static string NameOf(SelectItemSyntax item, int index) =>
        item.Alias?.Value ?? (item.Expression is NameExpressionSyntax name ? name.Name.Last : $"EXPR${index}");
}
