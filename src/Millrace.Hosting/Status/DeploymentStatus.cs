namespace Millrace.Hosting.Status;

/// <summary>Which project a data folder runs, and how far the next one is.</summary>
/// <param name="Number">Of the deployment that runs, from 1.</param>
/// <param name="Rebuilding">The models that are computed from the log for the next one; empty when there is
/// none.</param>
/// <param name="Records">Records and clock readings that they have seen.</param>
/// <param name="Of">Those that they have to see.</param>
public sealed record DeploymentStatus(long Number, IReadOnlyList<string> Rebuilding, long Records, long Of);
