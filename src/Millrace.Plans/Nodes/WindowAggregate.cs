using Millrace.Data;

namespace Millrace.Plans;

/// <summary>A window of the group window functions; more kinds join TUMBLE here.</summary>
public abstract record WindowSpec;

/// <summary>TUMBLE: windows of one size, one behind the other, aligned to the epoch. Size in milliseconds.</summary>
public sealed record TumbleWindow(long SizeMs) : WindowSpec
{
    public override string ToString() => $"TUMBLE({SizeMs} ms)";
}

/// <summary>A property of the window that a query asks for.</summary>
public enum WindowProperty
{
    /// <summary>TUMBLE_START: TIMESTAMP(3) NOT NULL.</summary>
    Start,

    /// <summary>TUMBLE_END: TIMESTAMP(3) NOT NULL.</summary>
    End,

    /// <summary>TUMBLE_ROWTIME: end − 1 ms, of the row time's own type; a time attribute.</summary>
    RowTime,
}

/// <summary>
/// GROUP BY keys and a window of event time. Output: the key columns, one column per aggregate call, one per window
/// property, in that order. A window's rows appear when the watermark reaches its end − 1 ms; append-only.
/// </summary>
public sealed class WindowAggregate : PlanNode
{
    public WindowAggregate(
        PlanNode input,
        WindowSpec window,
        int timeColumn,
        IReadOnlyList<int> groupKey,
        IReadOnlyList<AggregateCall> aggregates,
        IReadOnlyList<WindowProperty> properties)
        : base([input], FieldsOf(input, timeColumn, groupKey, aggregates, properties), ChangelogKind.Append, null)
    {
        Window = window;
        TimeColumn = timeColumn;
        GroupKey = groupKey;
        Aggregates = aggregates;
        Properties = properties;
    }

    public WindowSpec Window { get; }

    /// <summary>The input's time attribute over which the windows run.</summary>
    public int TimeColumn { get; }

    public IReadOnlyList<int> GroupKey { get; }

    public IReadOnlyList<AggregateCall> Aggregates { get; }

    public IReadOnlyList<WindowProperty> Properties { get; }

    public override string Describe() =>
        $"WindowAggregate({Window} OVER {Inputs[0].Fields[TimeColumn].Name}, "
        + $"BY [{string.Join(", ", GroupKey.Select(k => Inputs[0].Fields[k].Name))}], "
            + $"[{string.Join(", ", Aggregates)}])";

    private static List<Field> FieldsOf(
        PlanNode input,
        int timeColumn,
        IReadOnlyList<int> groupKey,
        IReadOnlyList<AggregateCall> aggregates,
        IReadOnlyList<WindowProperty> properties)
    {
        List<Field> fields = [.. groupKey.Select(k => input.Fields[k] with { IsTimeAttribute = false })];
        fields.AddRange(aggregates.Select((a, i) => new Field($"agg{i}", a.Type)));
        fields.AddRange(properties.Select(p => PropertyField(p, input.Fields[timeColumn].Type)));
        return fields;
    }

    private static Field PropertyField(WindowProperty property, SqlType time) => property switch
    {
        WindowProperty.Start => new Field("window_start", SqlType.Timestamp(3).NotNull()),
        WindowProperty.End => new Field("window_end", SqlType.Timestamp(3).NotNull()),
        _ => new Field("window_time", time.Nullable(), IsTimeAttribute: true),
    };
}
