using System.Runtime.InteropServices;
using Millrace.Hosting;
using Millrace.Hosting.Running;
using Millrace.Projects;
using Millrace.Quality.Alerts;
using Millrace.Serving;
using Millrace.Storage.Disk;

namespace Millrace.Cli.Running;

/// <summary>
/// Composes a running project (runtime, monitor, server, demonstration), waits for a signal, and ends in order: no new
/// requests, then what is accepted is committed and processed, then the folder is given back.
/// </summary>
internal sealed class RunningProject(CompiledProject project, UpOptions options)
{
    private readonly TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            return await ServeAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is StorageFault or ReplayFault or IOException)
        {
            await Console.Error.WriteLineAsync($"error: {fault.Message}").ConfigureAwait(false);
            return ExitCode.Error;
        }
    }

    private async Task<int> ServeAsync(CancellationToken cancel)
    {
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        cancel.Register(() => stop.TrySetResult());
        (bool granted, int refusal) = Consent.Ask(project, options);
        if (!granted)
        {
            return refusal;
        }

        using MillraceRuntime runtime = MillraceRuntime.Start(project, new RuntimeOptions
        {
            DataFolder = options.DataFolder,
            Durability = options.IsPageCacheEnough ? Durability.Os : Durability.Fsync,
            Workers = options.Workers,
            Sources = options.Sources,
            Prune = options.Prune,
        });
        using AlertSender sender = new(TimeProvider.System);
        await using ServedProject served = new(runtime, sender, options.DataFolder, Log);
        ServerOptions serving = new()
        {
            Host = options.Host, Port = options.Port, ReportBug = bug => Log($"error: a bug: {bug}"),
        };
        await using MillraceServer server = await MillraceServer
            .StartAsync(runtime, served.Monitor, served.Tests, serving, CancellationToken.None).ConfigureAwait(false);
        Task<ServedProject?> change = ChangeAsync(runtime, server, served, sender);
        int code = await UntilStoppedAsync(runtime, server).ConfigureAwait(false);
        await using ServedProject? changed = await change.ConfigureAwait(false);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        await server.StopAsync(patience.Token).ConfigureAwait(false);
        runtime.Stop();
        return code;
    }

    /// <summary>When the project has changed: what serves the one before, until the new one runs.</summary>
    private async Task<ServedProject?> ChangeAsync(
        MillraceRuntime runtime, MillraceServer server, ServedProject before, AlertSender sender)
    {
        if (runtime.Deployed.IsCompleted)
        {
            return null;
        }

        await ChangeWatch.RunAsync(runtime, stop.Task, Log).ConfigureAwait(false);
        if (!runtime.Deployed.IsCompleted)
        {
            return null;
        }

        ServedProject next = new(runtime, sender, options.DataFolder, Log);
        server.Renew(runtime, next.Monitor, next.Tests);
        await before.DisposeAsync().ConfigureAwait(false);
        Log($"the changed project runs: deployment {runtime.GetStatus().Deployment.Number}");
        return next;
    }

    private async Task<int> UntilStoppedAsync(MillraceRuntime runtime, MillraceServer server)
    {
        Task first = await Task.WhenAny(runtime.Ready, stop.Task).ConfigureAwait(false);
        if (first == runtime.Ready && runtime.Ready.IsCompletedSuccessfully)
        {
            foreach (string line in runtime.GetStatus().Recovery)
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
        if (runtime.GetStatus().Fault is { } fault)
        {
            Log($"error: {fault}");
            return ExitCode.Error;
        }

        return ExitCode.Ok;
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.TrySetResult();
    }

    private static void Log(string line) => Console.Error.WriteLine(line);
}
