using System.Globalization;
using System.Text.Json;
using Millrace.Hosting.Bounded;

namespace Millrace.Cli.Running;

/// <summary>Posts a file's records to a source of a running process, in order, one request after another.</summary>
internal sealed class FileReplay(BoundedInput input, long skip)
{
    private long posted;
    private long bad;

    /// <exception cref="RefusedException">The process says no, also after having been asked again.</exception>
    /// <exception cref="FormatException">The map fails.</exception>
    public async Task RunAsync(ReplayClient client, CancellationToken cancel)
    {
        string path = $"v1/sources/{Uri.EscapeDataString(input.Source)}/events";
        foreach (SourceBatch batch in SourceBatches.Read(input, skip))
        {
            JsonElement answer = await client
                .PostAsync(path, batch.Lines.ToArray(), "application/x-ndjson", cancel).ConfigureAwait(false);
            posted += batch.Records;
            bad += answer.GetProperty("rejected").GetArrayLength();
        }
    }

    /// <summary>What was done so far, for a person.</summary>
    public string Summary() => string.Create(
        CultureInfo.InvariantCulture, $"{input.Source}: {posted:N0} records posted, {bad:N0} of them bad");

    /// <summary>
    /// After a fault: how to have the rest posted. A request whose answer got lost may be there, too.
    /// </summary>
    public string Rest() => string.Create(
        CultureInfo.InvariantCulture,
        $"the first {skip + posted:N0} records of the file are there; `--skip {skip + posted}` goes on behind them");
}
