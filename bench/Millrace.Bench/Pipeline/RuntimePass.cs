using Millrace.Bench.Shop;
using Millrace.Hosting;
using Millrace.Hosting.Status;
using Millrace.Storage.Disk;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// The whole of it: a server's runtime is started on a folder that holds the sources' records only, and is ready when
/// every model has processed them all and every row is in its topic, in the page cache. One worker, also for what is a
/// start here and the work of a day elsewhere.
/// </summary>
internal sealed class RuntimePass(ShopLog log) : IDisposable
{
    private TempFolder? folder;
    private MillraceRuntime? runtime;

    /// <summary>What the last pass wrote, per model.</summary>
    public string Rows { get; private set; } = "";

    /// <summary>A fresh copy of the log.</summary>
    public void Prepare()
    {
        folder = new TempFolder();
        log.Folder.CopyTo(folder);
    }

    public long Run()
    {
        runtime = MillraceRuntime.Start(log.Project, new RuntimeOptions
        {
            DataFolder = folder!.Path, Durability = Durability.Os, Workers = 1, StartingWorkers = 1,
        });
        runtime.Ready.GetAwaiter().GetResult();
        return runtime.GetStatus().Engine.Position;
    }

    /// <summary>
    /// Notes what was written and throws it away: not yet written back it need not go to the disk at all.
    /// </summary>
    /// <exception cref="InvalidOperationException">Not every event was processed, or two passes differ.</exception>
    public void CleanUp()
    {
        RuntimeStatus status = runtime!.GetStatus();
        if (status.Sources.Single(s => s.Name == "clickstream").Records < log.Events)
        {
            throw new InvalidOperationException("the pass left events behind");
        }

        string rows = string.Join(", ", status.Models.Select(m => $"{m.Name} {m.RowsOut:N0} (late {m.Late:N0})"));
        if (Rows.Length > 0 && Rows != rows)
        {
            throw new InvalidOperationException($"the passes differ: {Rows} and {rows}");
        }

        Rows = rows;
        runtime.Stop();
        folder!.Dispose();
        (runtime, folder) = (null, null);
    }

    public void Dispose()
    {
        runtime?.Dispose();
        folder?.Dispose();
    }
}
