using Millrace.Data;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Support;

/// <summary>Builds plan nodes in few words, as a binder would.</summary>
internal static class Plan
{
    public static readonly SqlType Instant = SqlType.TimestampLtz(3);
    public static readonly SqlType WallTime = SqlType.Timestamp(3);

    public static TableScan Scan(TopicSpec topic) => new(new TableDefinition(
        topic.Name,
        [.. topic.Schema.Columns.Select((c, i) => new Field(c.Name, c.Type, i == topic.Watermark?.Column))],
        topic.Watermark,
        topic.Versioning));

    public static InputColumn Col(PlanNode node, string name)
    {
        int index = node.Schema.IndexOf(name);
        Assert.True(index >= 0, $"no column {name} in {node.Schema}");
        return new InputColumn(index, name, node.Fields[index].Type);
    }

    public static int Index(PlanNode node, string name) => Col(node, name).Index;

    public static Filter Where(PlanNode input, Func<PlanNode, Expression> predicate) => new(input, predicate(input));

    public static Project Select(PlanNode input, params (string Name, Func<PlanNode, Expression> Value)[] columns)
    {
        Expression[] values = [.. columns.Select(c => c.Value(input))];
        Field[] fields = [.. values.Select((v, i) => new Field(
            columns[i].Name, v.Type, v is InputColumn c && input.Fields[c.Index].IsTimeAttribute))];
        return new Project(input, values, fields);
    }

    /// <summary>The columns themselves.</summary>
    public static (string Name, Func<PlanNode, Expression> Value)[] Columns(params string[] names) =>
        [.. names.Select(n => (n, (Func<PlanNode, Expression>)(node => Col(node, n))))];

    public static Expression Call(ScalarFunction function, SqlType type, params Expression[] arguments) =>
        new CallExpression(function, arguments, type);

    public static Expression IsNotNull(Expression value) =>
        Call(ScalarFunction.IsNotNull, SqlType.Boolean.NotNull(), value);

    public static Expression And(params Expression[] all) =>
        all.Aggregate((a, b) => Call(ScalarFunction.And, SqlType.Boolean, a, b));

    public static Expression Equal(Expression value, string text) =>
        Call(ScalarFunction.Equal, SqlType.Boolean, value, Literal.OfString(text));

    /// <summary><c>CASE WHEN value = text THEN n ELSE 0 END</c>.</summary>
    public static Expression CountIf(Expression value, string text, int n = 1) => new CaseExpression(
        [new CaseBranch(Equal(value, text), Literal.OfInt(n))], Literal.OfInt(0), SqlType.Int.NotNull());

    public static AggregateCall Count() => new(AggregateFunction.Count, null, false, null, SqlType.BigInt.NotNull());

    public static AggregateCall Aggregate(
        PlanNode input,
        AggregateFunction function,
        string column,
        SqlType type,
        bool distinct = false,
        string? filter = null) =>
        new(function, Col(input, column), distinct, filter is null ? null : Col(input, filter), type);

    public static WindowAggregate Tumble(
        PlanNode input,
        long sizeMs,
        string time,
        string[] keys,
        AggregateCall[] calls,
        params WindowProperty[] properties)
    {
        int[] groupKey = [.. keys.Select(k => Index(input, k))];
        return new WindowAggregate(input, new TumbleWindow(sizeMs), Index(input, time), groupKey, calls, properties);
    }

    public static TemporalJoin AsOf(
        PlanNode left,
        PlanNode right,
        string key,
        string time,
        JoinKind kind,
        Func<PlanNode, PlanNode, Expression>? residual = null) =>
        new(
            left,
            right,
            kind,
            Index(left, time),
            [Col(left, key)],
            [Index(right, key)],
            right.Schema.IndexOf("valid_from") is var at and >= 0 ? at : null,
            residual?.Invoke(left, right));
}
