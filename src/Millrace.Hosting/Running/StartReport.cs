using Millrace.Hosting.Status;

namespace Millrace.Hosting.Running;

/// <summary>With what the engine begins: a run at the position up to which its state is there.</summary>
/// <param name="Run">Fresh, or with the state of a snapshot.</param>
/// <param name="Status">How it came to that.</param>
internal sealed record StartReport(ProjectRun Run, RestartStatus Status);
