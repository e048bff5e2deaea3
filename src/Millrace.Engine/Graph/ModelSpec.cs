using Millrace.Plans;

namespace Millrace.Engine;

/// <summary>A model: a plan that runs forever and writes one topic. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Plan">What it computes; it scans topics by name.</param>
/// <param name="Topic">The name of the topic that it writes; that topic's schema is the plan's.</param>
public sealed record ModelSpec(string Name, PlanNode Plan, string Topic);
