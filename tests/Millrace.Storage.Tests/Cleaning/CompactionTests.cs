using System.Text;
using Millrace.Storage.Codecs;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Topics;
using Millrace.Storage.Verification;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Cleaning;

/// <summary>What compaction keeps, when, and what readers see of it.</summary>
public class CompactionTests
{
    private static readonly TopicSettings Settings =
        new() { Cleanup = CleanupPolicy.Compact, SegmentMs = 9, DeleteRetentionMs = 100 };

    private readonly SimulatedDisk disk = FolderWorkload.NewDisk(1);

    [Theory]
    [InlineData(CompressionCodec.None)]
    [InlineData(CompressionCodec.Zstd)]
    public void TheLastRecordOfEachKeyStays(CompressionCodec codec)
    {
        using DataFolder folder = Filled(Settings with { Compression = codec }, out PartitionLog log);
        List<LifeInput> before = LifeReading.Records(log);
        long bytes = SegmentBytes();
        Compact(folder, nowMs: 1000);
        Assert.Equal(bytes - SegmentBytes(), folder.CompactedBytes);
        List<LifeInput> after = LifeReading.Records(log);
        Assert.Equal(before.Where(input => Stays(input, before, below: 90)), after);
        Assert.True(after.Count < 40, after.Count + " stayed");
        Assert.Equal(90, log.WholeFrom);
        Assert.Equal((0L, 100L), (log.StartOffset, log.EndOffset));
        Assert.False(folder.Compact(1000, _ => long.MaxValue));
        for (long from = 0; from < 100; from++)
        {
            Assert.Equal(after.Where(input => input.Offset >= from), LifeReading.Records(log, from));
        }
    }

    [Fact]
    public void WhatEarlierPassesLeftSmallIsPutTogether()
    {
        using DataFolder folder = Filled(Settings with { MinCleanableDirtyRatio = 0 }, out PartitionLog log);
        Compact(folder, nowMs: 1000);
        Assert.Equal(10, log.Segments.Length);
        Fill(folder, log, 100, 150);
        Compact(folder, nowMs: 1000);
        List<LifeInput> records = LifeReading.Records(log);
        Assert.True(log.Segments.Length < 10, log.Segments.Length + " segments");
        folder.Close();
        Assert.Empty(new FolderVerification(disk, "/d/data").Run());
        using DataFolder again = DataFolder.Open(disk, "/d/data", Options);
        Assert.Equal(records, LifeReading.Records(again.Topics[0].Partitions[0]));
    }

    [Fact]
    public void TombstonesStayForAWhile()
    {
        using DataFolder folder = Filled(Settings, out PartitionLog log);
        int Tombstones() => LifeReading.Records(log).Count(record => record is { Value: null, Key: not null });
        int last = Tombstones();
        Compact(folder, nowMs: 1000);
        int kept = Tombstones();
        Assert.InRange(kept, 1, last - 1);
        Compact(folder, nowMs: 1099);
        Assert.Equal(kept, Tombstones());
        folder.Close();
        using DataFolder again = DataFolder.Open(disk, "/d/data", Options);
        PartitionLog reopened = again.CreateTopic("t", 1, TopicKind.Source, Settings).Partitions[0];
        Compact(again, nowMs: 1100);
        Assert.DoesNotContain(
            LifeReading.Records(reopened), record => record is { Offset: < 90, Value: null, Key: not null });
        Assert.Equal(long.MaxValue, reopened.Horizon);
    }

    [Fact]
    public void WhatIsNeededIsUntouched()
    {
        using DataFolder folder = Filled(Settings, out PartitionLog log);
        List<LifeInput> before = LifeReading.Records(log);
        while (folder.Compact(1000, _ => 49))
        {
        }

        Assert.Equal(before.Where(input => Stays(input, before, below: 40)), LifeReading.Records(log));
    }

    [Fact]
    public void ReadersGoOnOverASwap()
    {
        using DataFolder folder = Filled(Settings, out PartitionLog log);
        List<PartitionReader> readers = [];
        for (int i = 0; i < 90; i++)
        {
            readers.Add(log.OpenReader(i));
            Assert.True(readers[i].MoveNext());
        }

        Compact(folder, nowMs: 1000);
        List<LifeInput> after = LifeReading.Records(log);
        for (int i = 0; i < 90; i++)
        {
            long last = i;
            while (readers[i].MoveNext())
            {
                Assert.True(readers[i].Offset > last, "went back");
                last = readers[i].Offset;
            }

            Assert.Equal(after[^1].Offset, last);
        }
    }

    [Fact]
    public void PositionsStayAndStrictReadersAreTold()
    {
        using DataFolder folder = Filled(Settings, out PartitionLog log);
        Compact(folder, nowMs: 1000);
        List<LifeInput> after = LifeReading.Records(log);
        Assert.Equal(after, LifeReading.Inputs(folder, 7).Where(input => input is not null));
        Assert.Equal(100, LifeReading.Inputs(folder, 7).Count);
        PositionBatch batch = new();
        Assert.Throws<OffsetOutOfRangeFault>(() => folder.OpenPositions().Read(batch, 100));
        Assert.Equal(10, folder.OpenPositions(90).Read(batch, 100));
    }

    [Fact]
    public void APassThatIsCutShortByRetentionIsDropped()
    {
        TopicSettings both = Settings with { Cleanup = CleanupPolicy.CompactDelete, RetentionMs = 10 };
        using DataFolder folder = Filled(both, out PartitionLog log);
        Assert.True(folder.Compact(1000, _ => long.MaxValue, 1));
        folder.ApplyRetention(1000, _ => long.MaxValue);
        while (folder.Compact(1000, _ => long.MaxValue, 1))
        {
        }

        Assert.Equal(100, log.StartOffset);
        Assert.DoesNotContain(disk.Files(), file => file.Path.EndsWith(".cleaned", StringComparison.Ordinal));
    }

    [Fact]
    public void AFullDiskPutsItOff()
    {
        using DataFolder folder = Filled(Settings, out PartitionLog log);
        int before = LifeReading.Records(log).Count;
        disk.Script = op => op.Name == "write" ? DiskOutcome.Full : DiskOutcome.Proceed;
        Assert.Throws<DiskFullFault>(() => Compact(folder, nowMs: 1000));
        Assert.DoesNotContain(disk.Files(), file => file.Path.EndsWith(".cleaned", StringComparison.Ordinal));
        disk.Script = null;
        Assert.Equal(before, LifeReading.Records(log).Count);
        Assert.Null(folder.Poison);
        Compact(folder, nowMs: 1000);
        Assert.True(LifeReading.Records(log).Count < before);
    }

    [Fact]
    public void APartitionThatCannotBeReadIsLeftAlone()
    {
        using DataFolder folder = Filled(Settings, out PartitionLog log);
        disk.Flip(log.Segments[2].File.Path, 8 * 100);
        Assert.Throws<DamageFault>(() => Compact(folder, nowMs: 1000));
        Assert.False(folder.Compact(1000, _ => long.MaxValue));
        Assert.Null(folder.Poison);
    }

    private long SegmentBytes() =>
        disk.Files().Where(file => file.Path.EndsWith(".log", StringComparison.Ordinal)
            && file.Path.Contains("/topics/", StringComparison.Ordinal)).Sum(file => (long)file.Length);

    private static DataFolderOptions Options => new() { SegmentBytes = 2000, ReserveBytes = 1 };

    private static bool Stays(LifeInput input, List<LifeInput> all, long below) =>
        input.Offset >= below || input.Key is null
        || !all.Exists(later => later.Offset > input.Offset && later.Offset < below && later.Key == input.Key);

    private static void Compact(DataFolder folder, long nowMs)
    {
        while (folder.Compact(nowMs, _ => long.MaxValue, 100))
        {
        }
    }

    // A hundred records, timestamps 0 to 99, segments of ten; some without key, some without value.
    private DataFolder Filled(TopicSettings settings, out PartitionLog log)
    {
        DataFolder folder = DataFolder.Open(disk, "/d/data", Options);
        log = folder.CreateTopic("t", 1, TopicKind.Source, settings).Partitions[0];
        Fill(folder, log, 0, 100);
        return folder;
    }

    private static void Fill(DataFolder folder, PartitionLog log, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            byte[]? key = i % 13 == 0 ? null : Encoding.UTF8.GetBytes("key " + (i * i % 17));
            byte[]? value = i % 7 == 3 ? null : Encoding.UTF8.GetBytes("some value that is not short " + i);
            folder.Commit.Add(log, i, key, value, [new RecordHeader("h"u8.ToArray(), null)]);
            folder.Commit.Commit();
        }

        folder.Flush();
    }
}
