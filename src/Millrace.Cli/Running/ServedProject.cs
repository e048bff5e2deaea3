using Millrace.Hosting;
using Millrace.Hosting.Exporting;
using Millrace.Projects;
using Millrace.Quality;
using Millrace.Quality.Alerts;
using Millrace.Quality.Continuous;
using Millrace.Storage.Disk;

namespace Millrace.Cli.Running;

/// <summary>What watches and tests one project; another one takes its place when the project changes.</summary>
internal sealed class ServedProject : IAsyncDisposable
{
    private bool isDisposed;

    public ServedProject(MillraceRuntime runtime, AlertSender sender, string dataFolder, Action<string> log)
    {
        Project = runtime.Project;
        Monitor = new ContinuousMonitor(Project, runtime.GetStatus, sender, TimeProvider.System, log);
        Tests = new TestRunner(Project, table => TopicRows.Read(new PosixDisk(), dataFolder, table.Topic.Name)
            .Select(r => new TopicRow(r.Partition, r.Offset, r.Value)));
    }

    public CompiledProject Project { get; }

    public ContinuousMonitor Monitor { get; }

    public TestRunner Tests { get; }

    public ValueTask DisposeAsync()
    {
        bool isFirst = !isDisposed;
        isDisposed = true;
        return isFirst ? Monitor.DisposeAsync() : ValueTask.CompletedTask;
    }
}
