using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Millrace.EndToEnd.Processes;

/// <summary>
/// A <c>millrace</c> process: what it prints, line by line, and signals to it. Killed when disposed, and when the tests
/// end whatever way a process can notice.
/// </summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly ConcurrentDictionary<int, Process> Alive = new();

    private readonly Process process;
    private readonly TaskCompletionSource outEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource errorEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static ChildProcess()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (Process child in Alive.Values)
            {
                child.Kill();
            }
        };
    }

    public ChildProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new("dotnet", [Checkout.Program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment.Remove("SLACK_WEBHOOK");
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data, Out, outEnded);
        process.ErrorDataReceived += (_, line) => Take(line.Data, Error, errorEnded);
        process.Start();
        Alive[process.Id] = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Out { get; } = [];

    public ConcurrentQueue<string> Error { get; } = [];

    public bool HasExited => process.HasExited;

    /// <summary>Everything it has printed, for messages.</summary>
    public string Printed => string.Join('\n', Out.Concat(Error));

    public void Terminate() => _ = Signal(process.Id, SigTerm);

    /// <summary>SIGKILL: it notices nothing.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ExitAsync();
    }

    /// <summary>Waits for its end and for the last line it printed.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Eventually.Limit);
        await Task.WhenAll(outEnded.Task, errorEnded.Task).WaitAsync(Eventually.Limit);
        Alive.TryRemove(process.Id, out _);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        Alive.TryRemove(process.Id, out _);
        process.Dispose();
    }

    private static void Take(string? line, ConcurrentQueue<string> lines, TaskCompletionSource ended)
    {
        if (line is null)
        {
            ended.TrySetResult();
        }
        else
        {
            lines.Enqueue(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
