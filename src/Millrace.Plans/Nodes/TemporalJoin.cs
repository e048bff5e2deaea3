namespace Millrace.Plans;

/// <summary>Whether a left row without a match is dropped or padded with NULLs.</summary>
public enum JoinKind
{
    Inner,
    Left,
}

/// <summary>
/// <c>left JOIN right FOR SYSTEM_TIME AS OF left.time</c>: each left row meets the version of its key that was valid at
/// its time: the one with the greatest version time not after it. Output: the left columns, then the right ones.
/// </summary>
public sealed class TemporalJoin : PlanNode
{
    /// <param name="left">The probing stream.</param>
    /// <param name="right">The versions; a scan of a versioned table, or projections and filters over one.</param>
    /// <param name="kind">INNER or LEFT.</param>
    /// <param name="leftTime">The left time attribute that AS OF names.</param>
    /// <param name="leftKey">Expressions over the left columns, one per key column, of the key columns' types.</param>
    /// <param name="rightKey">Positions of the right key columns.</param>
    /// <param name="rightTime">Position of the right version time; null means the record's timestamp in the
    /// log.</param>
    /// <param name="residual">What ON asks beyond the key, over left then right columns; not TRUE counts as no
    /// match.</param>
    public TemporalJoin(
        PlanNode left,
        PlanNode right,
        JoinKind kind,
        int leftTime,
        IReadOnlyList<Expression> leftKey,
        IReadOnlyList<int> rightKey,
        int? rightTime,
        Expression? residual)
        : base([left, right], FieldsOf(left, right, kind), left.Changelog, left.UniqueKey)
    {
        Kind = kind;
        LeftTime = leftTime;
        LeftKey = leftKey;
        RightKey = rightKey;
        RightTime = rightTime;
        Residual = residual;
    }

    public JoinKind Kind { get; }

    public int LeftTime { get; }

    public IReadOnlyList<Expression> LeftKey { get; }

    public IReadOnlyList<int> RightKey { get; }

    public int? RightTime { get; }

    public Expression? Residual { get; }

    public PlanNode Left => Inputs[0];

    public PlanNode Right => Inputs[1];

    public override string Describe() =>
        $"TemporalJoin({Kind}, AS OF {Left.Fields[LeftTime].Name}, "
        + string.Join(" AND ", LeftKey.Zip(RightKey, (l, r) => $"{l} = {Right.Fields[r].Name}"))
        + (Residual is null ? "" : $", {Residual}") + ")";

    private static Field[] FieldsOf(PlanNode left, PlanNode right, JoinKind kind) =>
    [
        .. left.Fields,
        .. right.Fields.Select(f => kind == JoinKind.Left ? f with { Type = f.Type.Nullable() } : f),
    ];
}
