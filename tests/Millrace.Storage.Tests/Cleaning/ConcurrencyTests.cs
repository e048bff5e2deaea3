using System.Globalization;
using System.Text;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;
using Xunit;

namespace Millrace.Storage.Tests.Cleaning;

/// <summary>
/// Commits, steps, flushes, retention, compaction and readers, each on a thread, on the machine's disk.
/// </summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Commits = 1000;
    private readonly string path = Directory.CreateTempSubdirectory("millrace-cleaning").FullName;
    private readonly CancellationTokenSource done = new();
    private int stepped;
    private int flushed;
    private int written;

    public void Dispose()
    {
        done.Dispose();
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task AllAtOnce()
    {
        DataFolderOptions options = new() { Durability = Durability.Os, SegmentBytes = 4000, LedgerFileBytes = 4000 };
        using DataFolder folder = DataFolder.Open(new PosixDisk(), path, options);
        TopicSettings compact = new() { Cleanup = CleanupPolicy.Compact, SegmentMs = 50, MinCleanableDirtyRatio = 0.2 };
        PartitionLog table = folder.CreateTopic("table", 1, TopicKind.Source, compact).Partitions[0];
        PartitionLog events =
            folder.CreateTopic("events", 1, TopicKind.Source, new() { RetentionBytes = 20_000 }).Partitions[0];
        DerivedAppender output =
            folder.OpenDerived(folder.CreateTopic("out", 1, TopicKind.Derived, new() { RetentionMs = 200 }));
        Task[] others =
        [
            Loop(() => Step(folder, output)),
            Loop(() => Flush(folder)),
            Loop(() => Clean(folder)),
            Loop(() => Read(table, follow: false)),
            Loop(() => Read(events, follow: true)),
            Loop(() => Read(output.Topic.Partitions[0], follow: true)),
            Loop(() => ReadPositions(folder)),
        ];
        await Task.Run(() => Write(folder, events, table));
        await done.CancelAsync();
        await Task.WhenAll(others);
        Step(folder, output);
        Flush(folder);
        Clean(folder);
        Check(folder, table, events);
        folder.Close();
        using DataFolder again = DataFolder.Open(new PosixDisk(), path, options);
        Assert.Empty(again.Recovery.Lines());
        Check(again, again.Topics.Single(t => t.Name == "table").Partitions[0],
            again.Topics.Single(t => t.Name == "events").Partitions[0]);
    }

    private static void Check(DataFolder folder, PartitionLog table, PartitionLog events)
    {
        Assert.Equal(Commits, table.EndOffset);
        Assert.True(events.StartOffset > Commits / 2, "events begin at " + events.StartOffset);
        List<LifeInput> records = LifeReading.Records(table);
        Assert.True(records.Count < Commits / 2, records.Count + " records in the table");
        for (int key = 0; key < 20; key++)
        {
            LifeInput last = records.Last(record => record.Key == "k" + key);
            Assert.Equal(Commits - 20 + key, last.Offset);
        }

        Assert.All(records, record => Assert.Equal("k" + (record.Offset % 20), record.Key));
        Assert.Equal(2 * Commits, LifeReading.Inputs(folder, 100).Count);
    }

    private Task Loop(Action act) => Task.Run(() =>
    {
        while (!done.IsCancellationRequested)
        {
            act();
        }
    });

    private void Write(DataFolder folder, PartitionLog events, PartitionLog table)
    {
        for (int i = 0; i < Commits; i++)
        {
            string key = "k" + (i % 20).ToString(CultureInfo.InvariantCulture);
            folder.Commit.Add(events, i, Encoding.UTF8.GetBytes(key), new byte[60]);
            folder.Commit.Add(table, i, Encoding.UTF8.GetBytes(key), new byte[30]);
            folder.Commit.Commit();
            Volatile.Write(ref written, i + 1);
        }
    }

    private void Step(DataFolder folder, DerivedAppender output)
    {
        int to = Volatile.Read(ref written);
        for (; stepped < to; stepped++)
        {
            output.Append(0, stepped, default, new byte[20]);
        }

        folder.CommitStep(2 * to);
    }

    private void Flush(DataFolder folder)
    {
        int safe = Math.Min((int)folder.LastStepPosition / 2, Volatile.Read(ref written));
        folder.Flush();
        Volatile.Write(ref flushed, safe);
    }

    private void Clean(DataFolder folder)
    {
        folder.ApplyRetention(Volatile.Read(ref written), _ => Volatile.Read(ref flushed));
        while (folder.Compact(Volatile.Read(ref written), _ => Volatile.Read(ref flushed), 2000))
        {
        }
    }

    // Offsets ascend; without compaction they follow one another, unless retention is faster.
    private static void Read(PartitionLog log, bool follow)
    {
        PartitionReader reader = log.OpenReader();
        long last = -1;
        try
        {
            while (reader.MoveNext())
            {
                Assert.True(reader.Offset > last && reader.Timestamp == reader.Offset);
                Assert.True(!follow || last < 0 || reader.Offset == last + 1);
                last = reader.Offset;
            }
        }
        catch (OffsetOutOfRangeFault fault)
        {
            Assert.True(fault.StartOffset > last);
        }
    }

    private static void ReadPositions(DataFolder folder)
    {
        long next = 0;
        PositionReader reader = folder.OpenPositions(0, skipRemoved: true);
        PositionBatch batch = new();
        while (reader.Read(batch, 50) > 0)
        {
            Assert.Equal(next, batch.FirstPosition);
            next = batch.NextPosition;
            foreach (SourceRecords source in batch.Sources)
            {
                for (int i = 0; i < source.Count; i++)
                {
                    Assert.Equal(source.Positions[i] / 2, source.Offsets[i]);
                }
            }
        }
    }
}
