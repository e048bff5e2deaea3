using Millrace.Bench.Shop;
using Millrace.Hosting.Running;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Bench.Pipeline;

/// <summary>Reads the log in its one order into the engine's input, checksums checked, and stops there.</summary>
internal sealed class ReadPass(ShopLog log)
{
    /// <summary>Records of a step, as where a server replays.</summary>
    public const int Records = 1 << 13;

    public long Run()
    {
        using DataFolder data = DataFolder.OpenReadOnly(new PosixDisk(), log.Folder.Path);
        StepFeed feed = log.OpenFeed(data);
        long records = 0;
        while (feed.TryFill(Records))
        {
            records += feed.Input.Sources.Sum(s => s.Count);
        }

        return records;
    }
}
