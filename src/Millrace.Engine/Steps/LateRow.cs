namespace Millrace.Engine;

/// <summary>A row whose window had closed when it came: a row of <c>model$late</c>.</summary>
public readonly ref struct LateRow
{
    /// <summary>The model whose window it was.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The watermark before the row, ms since the epoch.</summary>
    public required long Watermark { get; init; }

    /// <summary>The end of the window that the row belonged to, ms since the epoch (wall time for a window without a
    /// zone).</summary>
    public required long WindowEnd { get; init; }

    public required long Position { get; init; }

    /// <summary>The row as the window read it, as JSON.</summary>
    public ReadOnlySpan<byte> Value { get; init; }
}
