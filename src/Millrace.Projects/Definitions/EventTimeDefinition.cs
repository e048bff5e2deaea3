namespace Millrace.Projects;

/// <summary>What <c>event_time:</c> and <c>advanced.event_time:</c> say; null where they say nothing.</summary>
/// <param name="Column">The time column's name.</param>
/// <param name="DelayMs">Bound on how far out of order rows come, milliseconds.</param>
/// <param name="IdleAfterMs">After how many milliseconds of silence a partition stops counting; 0 means never.</param>
/// <param name="CloseWhenIdle">Whether windows close by the clock when every partition is idle.</param>
internal sealed record EventTimeDefinition(
    Said<string>? Column, Said<long>? DelayMs, Said<long>? IdleAfterMs, Said<bool>? CloseWhenIdle);
