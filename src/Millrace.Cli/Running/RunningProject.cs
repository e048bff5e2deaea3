using System.Runtime.InteropServices;
using Millrace.Cli.Screens;
using Millrace.Hosting;
using Millrace.Hosting.Status;
using Millrace.Projects;
using Millrace.Quality.Alerts;
using Millrace.Serving;
using Millrace.Storage.Disk;

namespace Millrace.Cli.Running;

/// <summary>
/// Composes a running project (runtime, monitor, server, demonstration), waits for a signal, and ends in order: no new
/// requests, then what is accepted is committed and processed, then the folder is given back. A second signal ends it
/// at once.
/// </summary>
internal sealed class RunningProject(CompiledProject project, UpOptions options)
{
    // Together less than the ten seconds after which a container's or service's manager loses patience.
    private static readonly TimeSpan RequestsPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RuntimePatience = TimeSpan.FromSeconds(6.5);

    // Programs like timeout signal a process and then its whole group: what comes that soon is the same wish.
    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long stopping;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            return await ServeAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (MillraceRuntime.FaultOf(e) is { } fault)
        {
            Say(fault);
        }
        catch (IOException fault)
        {
            Log($"error: {fault.Message}");
        }

        return ExitCode.Error;
    }

    private async Task<int> ServeAsync(CancellationToken cancel)
    {
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        cancel.Register(() => stop.TrySetResult());
        Consent consent = Consent.Ask(project, options);
        if (!consent.IsGranted)
        {
            return ExitCode.Deployment;
        }

        using MillraceRuntime runtime = MillraceRuntime.Start(project, RuntimeOptionsOf(options));
        using AlertSender sender = new(TimeProvider.System);
        await using ServedProject served = new(runtime, sender, options.DataFolder, Log);
        ServerOptions serving = new()
        {
            Host = options.Host, Port = options.Port, ReportBug = bug => Log($"error: a bug: {bug}"),
        };
        await using MillraceServer server = await MillraceServer
            .StartAsync(runtime, served.Monitor, served.Tests, serving, CancellationToken.None).ConfigureAwait(false);
        Task<ServedProject?> change = ChangeAsync(runtime, server, served, sender, consent.Changes);
        int code = await UntilStoppedAsync(runtime, server).ConfigureAwait(false);
        await using ServedProject? changed = await change.ConfigureAwait(false);
        using CancellationTokenSource patience = new(RequestsPatience);
        await server.StopAsync(patience.Token).ConfigureAwait(false);
        StopReport report = runtime.Stop();
        if (code == ExitCode.Ok)
        {
            Log(StopScreen.Line(report, runtime.GetStatus()));
        }

        return code;
    }

    /// <summary>
    /// What serves the changed project, once it runs in the place of the one that <paramref name="before"/> serves;
    /// null if that is the one that was asked for, also because the change was done before anything was served.
    /// </summary>
    private async Task<ServedProject?> ChangeAsync(
        MillraceRuntime runtime, MillraceServer server, ServedProject before, AlertSender sender, bool changes)
    {
        await ChangeWatch.RunAsync(runtime, stop.Task, Log).ConfigureAwait(false);
        if (!runtime.Deployed.IsCompleted)
        {
            return null;
        }

        ServedProject? next = null;
        if (!ReferenceEquals(runtime.Project, before.Project))
        {
            next = new(runtime, sender, options.DataFolder, Log);
            server.Renew(runtime, next.Monitor, next.Tests);
            await before.DisposeAsync().ConfigureAwait(false);
        }

        if (changes)
        {
            Log($"the changed project runs: deployment {runtime.GetStatus().Deployment.Number}");
        }

        return next;
    }

    private static RuntimeOptions RuntimeOptionsOf(UpOptions options)
    {
        RuntimeOptions usual = new() { DataFolder = options.DataFolder };
        return usual with
        {
            Durability = options.IsPageCacheEnough ? Durability.Os : Durability.Fsync,
            Workers = options.Workers,
            MemoryBytes = options.Limits.MemoryBytes,
            DiskReserveBytes = options.Limits.DiskReserveBytes ?? usual.DiskReserveBytes,
            MaxQueuedBytes = options.Limits.QueueBytes ?? usual.MaxQueuedBytes,
            CheckpointInterval = options.Limits.CheckpointInterval,
            RetentionInterval = options.Limits.RetentionInterval ?? usual.RetentionInterval,
            Sources = options.Sources,
            Prune = options.Prune,
            SkipDamaged = options.SkipDamaged,
            StopTime = RuntimePatience,
        };
    }

    private async Task<int> UntilStoppedAsync(MillraceRuntime runtime, MillraceServer server)
    {
        Task first = await StartWatch.RunAsync(runtime, stop.Task, Log).ConfigureAwait(false);
        if (first == runtime.Ready && runtime.Ready.IsCompletedSuccessfully)
        {
            RuntimeStatus status = runtime.GetStatus();
            foreach (string line in status.Recovery.Concat(status.Restart.Unusable).Concat(status.Restart.Remarks))
            {
                Log(line);
            }

            Console.Out.WriteLine($"{project.Name} is ready: {server.Address}");
        }

        using CancellationTokenSource ending = new();
        Task demo = options.Demo is { } shop && !stop.Task.IsCompleted
            ? new DemoFeeder(runtime, shop, Log).RunAsync(ending.Token)
            : Task.CompletedTask;
        await Task.WhenAny(stop.Task, runtime.Faulted).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await demo.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (runtime.GetStatus().FaultStatus is { } fault)
        {
            Say(fault);
            return ExitCode.Error;
        }

        return ExitCode.Ok;
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        long now = TimeProvider.System.GetTimestamp();
        long first = Interlocked.CompareExchange(ref stopping, now, 0);
        if (first == 0)
        {
            Log("stopping: no new requests are taken; a second signal ends it at once");
            stop.TrySetResult();
            return;
        }

        if (TimeProvider.System.GetElapsedTime(first, now) < SameSignal)
        {
            return;
        }

        // As safe as a kill: what was acknowledged is on disk, and the next start goes on from there.
        Log("ended at once; what was acknowledged is safe");
        Environment.Exit(ExitCode.Error);
    }

    private static void Say(FaultStatus fault)
    {
        Log($"error: {fault.Message}");
        Log($"  help: {fault.Advice}");
    }

    private static void Log(string line) => Console.Error.WriteLine(line);
}
