using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>How old the newest record of a source may be before a warning, and before an error; milliseconds.</summary>
public sealed record FreshnessDefinition(long? WarnAfterMs, long? ErrorAfterMs, Location Location);
