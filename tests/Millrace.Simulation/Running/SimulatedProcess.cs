using System.Text;
using Millrace.Engine;
using Millrace.Hosting;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Views;
using Millrace.Hosting.Workers;
using Millrace.Projects;
using Millrace.Simulation.Clients;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Simulation.Running;

/// <summary>
/// A process without threads: everything that the real one does, each piece when the simulation says so.
/// </summary>
internal sealed class SimulatedProcess
{
    private readonly RuntimeCore core;

    private SimulatedProcess(RuntimeCore core) => this.core = core;

    /// <summary>What it does.</summary>
    public IReadOnlyList<IActivity> Activities => core.Activities;

    public IActivity Writer => core.Writer;

    public IActivity Engine => core.Engine;

    public FlushActivity Flush => core.Flusher;

    public DataFolder Folder => core.Folder;

    public RuntimeStatus Status => core.GetStatus();

    /// <summary>Whether what the folder held at the start has been processed.</summary>
    public bool IsReady => core.Ready.IsCompletedSuccessfully;

    /// <summary>Whether the project that was asked for runs.</summary>
    public bool IsDeployed => core.Deployed.IsCompletedSuccessfully;

    /// <summary>What runs now.</summary>
    public CompiledProject Project => core.Engine.Run.Project;

    /// <summary>Everything below has been processed.</summary>
    public long Position => core.Engine.Run.Position;

    public static SimulatedProcess Start(CompiledProject project, RuntimeOptions options, int workers) =>
        new(RuntimeCore.Open(project, options, new SequentialWorkers(workers)));

    public void Send(ClientRequest request) => request.Answer = request.Key is { } key
        ? core.AppendTombstone(request.Source, key, request.TimestampMs)
        : core.Append(request.Source, Encoding.UTF8.GetBytes(string.Join('\n', request.Values)), request.TimestampMs);

    /// <summary>Asks for rows; the answer comes when the engine has run.</summary>
    public Task<ViewCapture> Ask(string model, ViewQuery query) => core.Capture(model, query);

    /// <summary>A thread has ended by a fault; the others are still at work.</summary>
    public void Note(StorageFault fault) => core.Fail(fault);

    /// <summary>An activity has thrown: nobody gets a good answer any more.</summary>
    public void Fail(StorageFault fault)
    {
        core.Fail(fault);
        foreach (IActivity activity in Activities)
        {
            activity.End();
        }
    }

    /// <summary>A stop as on SIGTERM, all of it at once.</summary>
    public void Stop() => core.StopInTurn();

    /// <summary>Gives back the folder as a killed process does.</summary>
    public void Abandon() => core.Dispose();
}
