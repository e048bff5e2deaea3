using Millrace.Plans;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Binding;

/// <summary>Binds queries: SELECT over tables, with WITH. Other bodies are not supported yet.</summary>
internal sealed class QueryBinder(BindingContext context)
{
    public PlanNode? BindRoot(SqlRootSyntax root) =>
        Bind(root.Query, CommonTables.None) is { } plan ? WithUniqueNames(plan) : null;

    /// <summary>
    /// Of a query's result, a name that was there before gets the first free number behind it, as Calcite does:
    /// <c>i</c>, <c>i0</c>. A calculated time is no row time of a topic unless a query reads it as one.
    /// </summary>
    private static PlanNode WithUniqueNames(PlanNode plan)
    {
        HashSet<string> names = [];
        List<Field> fields = [];
        foreach (Field field in plan.Fields)
        {
            string unique = field.Name;
            for (int i = 0; !names.Add(unique); i++)
            {
                unique = $"{field.Name}{i}";
            }

            bool isPassed = plan is not Project { Expressions: var values } || values[fields.Count] is InputColumn;
            fields.Add(field with { Name = unique, IsTimeAttribute = field.IsTimeAttribute && isPassed });
        }

        return plan is Project project && !fields.SequenceEqual(plan.Fields)
            ? new Project(project.Inputs[0], project.Expressions, fields)
            : plan;
    }

    /// <summary>Binds a query below which the given common tables are visible.</summary>
    public PlanNode? Bind(QuerySyntax query, CommonTables tables)
    {
        SyntaxNode? ordering = (SyntaxNode?)query.OrderBy ?? (SyntaxNode?)query.Limit ?? (SyntaxNode?)query.Offset
            ?? query.Fetch;
        if (ordering is not null)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(ordering), "ORDER BY or LIMIT"));
            return null;
        }

        CommonTables? visible = query.With is { } with ? BindWith(with, tables) : tables;
        return visible is null ? null : BindBody(query.Body, visible);
    }

    private CommonTables? BindWith(WithClauseSyntax with, CommonTables tables)
    {
        if (with.Recursive is { } recursive)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(recursive), "WITH RECURSIVE"));
            return null;
        }

        CommonTables visible = tables;
        bool isWhole = true;
        foreach (CommonTableExpressionSyntax table in with.Tables)
        {
            // One that is wrong is reported even when nobody uses it, and the others are still looked at.
            PlanNode? plan = Bind(table.Query, visible);
            plan = plan is null ? null : TableBinder.Rename(plan, table.Columns, context);
            visible = visible.With(table.Name.Value, plan);
            isWhole &= plan is not null;
        }

        return isWhole ? visible : null;
    }

    private PlanNode? BindBody(QueryBodySyntax body, CommonTables tables)
    {
        switch (body)
        {
            case SelectSyntax select:
                return BindSelect(select, tables);
            case ParenthesizedQuerySyntax nested:
                return Bind(nested.Query, tables);
            case TableQuerySyntax table:
                return new TableBinder(context, this, tables).BindName(table.Name)?.Plan;
            default:
                string name = body is SetOperationSyntax set ? set.Operator.Text.ToUpperInvariant() : "VALUES";
                context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(body), name));
                return null;
        }
    }

    private PlanNode? BindSelect(SelectSyntax select, CommonTables tables)
    {
        if (select.Hint is { } hint)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(hint), "a hint"));
            return null;
        }

        SyntaxNode? other = (SyntaxNode?)select.Window ?? select.Qualify;
        if (select.From is null || select.IsDistinct || other is not null)
        {
            string clause = select.From is null ? "SELECT without FROM" : select.IsDistinct ? "SELECT DISTINCT"
                : "WINDOW or QUALIFY";
            context.Report(
                SqlSupportDiagnostics.ClauseNotSupported(context.At((SyntaxElement?)other ?? select.Keyword), clause));
            return null;
        }

        BoundTable? from = new TableBinder(context, this, tables).Bind(select.From.Table);
        if (from is null)
        {
            return null;
        }

        PlanNode input = from.Plan;
        if (select.Where is { } where)
        {
            ExpressionBinder conditions = new(context, from.Scope) { Place = "WHERE" };
            if (conditions.BindCondition(where.Condition, "WHERE") is not { } predicate)
            {
                return null;
            }

            input = FilterPlacement.Filter(input, predicate);
        }

        return select.GroupBy is not null || select.Having is not null
            ? BindGrouped(select, input, from.Scope)
            : BindPlain(select, input, from.Scope);
    }

    private PlanNode? BindGrouped(SelectSyntax select, PlanNode input, Scope scope)
    {
        bool hasWindow = select.GroupBy?.Elements.Any(
            e => e is GroupingExpressionSyntax { Expression: var x } && WindowClause.IsWindow(x)) == true;
        if (hasWindow)
        {
            return new WindowGroupBinder(context, select, input, scope).Bind();
        }

        context.Report(SqlSupportDiagnostics.ClauseNotSupported(
            context.At((SyntaxElement?)select.GroupBy?.Keyword ?? select.Having!), "GROUP BY without a window",
            "group by a window too: GROUP BY .., TUMBLE(time, INTERVAL '5' MINUTE)"));
        return null;
    }

    private PlanNode? BindPlain(SelectSyntax select, PlanNode input, Scope scope)
    {
        if (select.Items.SelectMany(i => i.DescendantsAndSelf).FirstOrDefault(IsAggregateCall) is { } aggregate)
        {
            context.Report(
                SqlSupportDiagnostics.ClauseNotSupported(
                    context.At(aggregate), "an aggregate without GROUP BY",
                    "group by a window: GROUP BY TUMBLE(time, INTERVAL '5' MINUTE)"));
            return null;
        }

        ExpressionBinder binder = new(context, scope) { Place = "SELECT" };
        if (new SelectListBinder(context, scope).Bind(select.Items, binder, isGrouped: false) is not { } output)
        {
            return null;
        }

        return new Project(input, [.. output.Select(o => o.Expression)], [.. output.Select(o => FieldOf(o, input))]);
    }

    private static bool IsAggregateCall(SyntaxNode node) =>
        node is FunctionCallSyntax { Over: null } call
            && FunctionNames.IsAggregate(call.Name.Last.ToUpperInvariant());

    /// <summary>A bare column stays what it is, under its new name; a computed one may still be a row time.</summary>
    private static Field FieldOf(OutputColumn output, PlanNode input) => output.Expression is InputColumn column
        ? input.Fields[column.Index] with { Name = output.Name }
        : new Field(output.Name, output.Expression.Type, RowTimes.IsKept(output.Expression, input.Fields));
}
