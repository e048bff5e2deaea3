using Millrace.Hosting.Status;

namespace Millrace.Hosting.Deployments;

/// <summary>How a change of the project goes on, for those who ask from other threads.</summary>
internal sealed class DeploymentProgress
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Rebuild? rebuild;

    /// <summary>Completes when the project that was asked for runs.</summary>
    public Task Done => done.Task;

    /// <summary>A rebuild begins.</summary>
    public void Rebuilding(Rebuild current) => rebuild = current;

    /// <summary>Nothing is to be done any more.</summary>
    public void Finished()
    {
        rebuild = null;
        done.TrySetResult();
    }

    /// <param name="deployment">The number of the deployment that runs.</param>
    /// <param name="position">Up to which it has come.</param>
    public DeploymentStatus Status(long deployment, long position) => rebuild is not { } current
        ? new DeploymentStatus(deployment, [], 0, 0)
        : new DeploymentStatus(
            deployment, [.. current.Models.Keys], current.Position - current.First,
            Math.Max(position, current.Position) - current.First);
}
