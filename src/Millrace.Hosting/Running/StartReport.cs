using Millrace.Hosting.Status;
using Millrace.Hosting.Views;

namespace Millrace.Hosting.Running;

/// <summary>With what the engine begins: a run at the position up to which its state is there.</summary>
/// <param name="Run">Fresh, or with the state of a snapshot.</param>
/// <param name="Status">How it came to that.</param>
/// <param name="Refills">Fill the views when the replay is through.</param>
internal sealed record StartReport(ProjectRun Run, RestartStatus Status, IReadOnlyList<ViewRefill> Refills);
