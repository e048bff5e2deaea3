using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Tables;

namespace Millrace.Sql.Binding;

/// <summary>
/// Binds <c>left [LEFT] JOIN table FOR SYSTEM_TIME AS OF left.time [AS alias] ON ..</c>. The equalities of ON with
/// the version key on one side are the key; where no key is declared, every equality of a bare right column with a
/// left value is. The rest of ON is residual.
/// </summary>
internal sealed class TemporalJoinBinder(BindingContext context, TableBinder tables)
{
    private sealed record KeyPart(int RightColumn, Expression Left, Expression Whole);

    public BoundTable? Bind(JoinSyntax syntax)
    {
        NamedTableSyntax right = (NamedTableSyntax)syntax.Right;
        if (syntax.Operator.IsNatural || syntax.Operator.Kind is not (JoinOperatorKind.Inner or JoinOperatorKind.Left)
            || syntax.Condition is null)
        {
            context.Report(StreamDiagnostics.TemporalJoinKind(context.At(syntax.Operator)));
            return null;
        }

        if (tables.Bind(syntax.Left) is not { } left || tables.FindVersioned(right.Name) is not { } table)
        {
            return null;
        }

        if (table.Versioning is null && !table.IsVersioningInferred)
        {
            context.Report(StreamDiagnostics.NotVersioned(context.At(right.Name), table.Name));
            return null;
        }

        if (syntax.Condition is not OnConditionSyntax on)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(syntax.Condition), "USING with AS OF"));
            return null;
        }

        if (tables.Aliased(new TableScan(table), right.Alias, right.Name.Last) is not { } versions)
        {
            return null;
        }

        JoinKind kind = syntax.Operator.Kind == JoinOperatorKind.Left ? JoinKind.Left : JoinKind.Inner;
        return Join(syntax, left, versions, table, kind, on);
    }

    private BoundTable? Join(
        JoinSyntax syntax, BoundTable left, BoundTable right, TableDefinition table, JoinKind kind,
        OnConditionSyntax on)
    {
        Scope both = left.Scope.Join(right.Scope, [.. left.Plan.Fields, .. right.Plan.Fields]);
        SystemTimeSyntax asOf = ((NamedTableSyntax)syntax.Right).SystemTime!;
        if (BindTime(asOf, both, left.Plan, table) is not { } time)
        {
            return null;
        }

        List<KeyPart> keys = [];
        List<Expression> residuals = [];
        ExpressionBinder binder = new(context, both) { Place = "ON" };
        foreach (ExpressionSyntax conjunct in Conjuncts(on.Condition))
        {
            if (binder.BindCondition(conjunct, "ON") is not { } condition)
            {
                return null;
            }

            if (IsNullSafeEquality(condition, left.Plan.Fields.Count))
            {
                context.Report(SqlSupportDiagnostics.ClauseNotSupported(
                    context.At(conjunct), "IS NOT DISTINCT FROM in a join AS OF"));
                return null;
            }

            if (AsKeyPart(condition, left.Plan.Fields.Count, table.Versioning?.Key, keys) is { } part)
            {
                keys.Add(part);
            }
            else
            {
                residuals.Add(condition);
            }
        }

        if (!HasWholeKey(syntax, table, keys))
        {
            return null;
        }

        Expression? residual = residuals.Count == 0 ? null : residuals.Aggregate(
            (a, b) =>
                new CallExpression(
                    ScalarFunction.And, [a, b],
                    SqlType.Boolean.WithNullability(a.Type.IsNullable || b.Type.IsNullable)));
        TemporalJoin join = new(
            left.Plan, right.Plan, kind, time.Index, [.. keys.Select(k => k.Left)],
            [.. keys.Select(k => k.RightColumn)],
            VersionTime(table), residual);
        return new BoundTable(join, left.Scope.Join(right.Scope, join.Fields));
    }

    /// <summary>
    /// The left time attribute that AS OF names; its type must be of the kind of the versions' time.
    /// </summary>
    private InputColumn? BindTime(SystemTimeSyntax syntax, Scope both, PlanNode left, TableDefinition table)
    {
        ExpressionBinder binder = new(context, both) { Place = "AS OF" };
        if (binder.Bind(syntax.Time) is not { } bound)
        {
            return null;
        }

        binder.DemandOf(syntax.Time, bound, TypeFamily.TimeAttribute, "as the time of AS OF");
        if (bound is not InputColumn time || time.Index >= left.Fields.Count)
        {
            context.Report(StreamDiagnostics.AsOfNotLeft(context.At(syntax.Time), syntax.Time.ToString()));
            return null;
        }

        if (!left.Fields[time.Index].IsTimeAttribute)
        {
            context.Report(RowTimes.IsComputed(left, time)
                ? SqlSupportDiagnostics.ClauseNotSupported(context.At(syntax.Time), "AS OF a computed time")
                : StreamDiagnostics.NotATimeAttribute(context.At(syntax.Time), "AS OF", syntax.Time.ToString()));
            return null;
        }

        SqlType versions = VersionTime(table) is { } column ? table.Fields[column].Type : SqlType.TimestampLtz(3);
        if (versions.Kind != time.Type.Kind)
        {
            context.Report(StreamDiagnostics.TimeTypesDiffer(context.At(syntax.Time), time.Type, versions));
            return null;
        }

        return time;
    }

    private static int? VersionTime(TableDefinition table) =>
        table.Versioning is { } versioning ? versioning.TimeColumn : table.Watermark?.Column;

    private static IEnumerable<ExpressionSyntax> Conjuncts(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax nested => Conjuncts(nested.Expression),
        BinaryExpressionSyntax { Operator: var and } both when and.IsWord("AND") =>
            Conjuncts(both.Left).Concat(Conjuncts(both.Right)),
        _ => [condition],
    };

    /// <summary>
    /// An equality of a right key column with a left value. A second one for the same column is residual.
    /// </summary>
    private static KeyPart? AsKeyPart(
        Expression condition, int leftColumns, IReadOnlyList<int>? declared, List<KeyPart> keys)
    {
        if (condition is not CallExpression { Arguments: [var first, var second] } call
            || call.Function != ScalarFunction.Equal)
        {
            return null;
        }

        return Part(first, second) ?? Part(second, first);

        KeyPart? Part(Expression left, Expression right)
        {
            IReadOnlyList<int> used = left.InputColumns();
            if (right is not InputColumn column || column.Index < leftColumns || used.Count == 0
                || used[^1] >= leftColumns)
            {
                return null;
            }

            int key = column.Index - leftColumns;
            bool isKey = declared is null || declared.Contains(key);
            return isKey && !keys.Exists(k => k.RightColumn == key) && IsSameStorage(left.Type, right.Type)
                ? new KeyPart(key, left, condition)
                : null;
        }
    }

    private static bool IsNullSafeEquality(Expression condition, int leftColumns) =>
        condition is CallExpression call && call.Function == ScalarFunction.IsNotDistinctFrom
        && call.InputColumns() is [.., var last] columns && columns[0] < leftColumns && last >= leftColumns;

    private static bool IsSameStorage(SqlType left, SqlType right) =>
        left.IsSameTypeAs(right) || (left.IsCharacter && right.IsCharacter);

    private bool HasWholeKey(JoinSyntax syntax, TableDefinition table, List<KeyPart> keys)
    {
        IReadOnlyList<int> needed = table.Versioning?.Key ?? [];
        bool isWhole = needed.All(k => keys.Exists(p => p.RightColumn == k)) && keys.Count > 0;
        if (!isWhole)
        {
            string[] names = needed.Count > 0 ? [.. needed.Select(k => table.Fields[k].Name)] : [];
            context.Report(StreamDiagnostics.JoinKeyMissing(context.At(syntax.Condition!), table.Name, names));
        }

        return isWhole;
    }
}
