using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What <c>event_time:</c> and <c>advanced.event_time:</c> say; null where they say nothing.</summary>
/// <param name="Column">The time column's name.</param>
/// <param name="ColumnLocation">Where it is named.</param>
/// <param name="DelayMs">Bound on how far out of order rows come, milliseconds.</param>
/// <param name="IdleAfterMs">After how many milliseconds of silence a partition stops counting; 0 means never.</param>
/// <param name="CloseWhenIdle">Whether windows close by the clock when every partition is idle.</param>
public sealed record EventTimeDefinition(
    string? Column, Location? ColumnLocation, long? DelayMs, long? IdleAfterMs, bool? CloseWhenIdle)
{
    public static readonly EventTimeDefinition Unsaid = new(null, null, null, null, null);
}
