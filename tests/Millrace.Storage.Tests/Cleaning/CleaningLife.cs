using System.Globalization;
using System.Text;
using Millrace.Storage.Codecs;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Storage.Verification;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Cleaning;

/// <summary>
/// A folder whose old records go, with its own account of everything ever acknowledged. Begins each run by comparing:
/// what is there is what was written, and what is missing is what may be. A full disk does not end a run: it goes on
/// when there is room again.
/// </summary>
internal sealed class CleaningLife(int seed, Durability durability)
{
    public const string Folder = "/d/data";
    private readonly Random random = new(seed);
    private readonly Dictionary<(string, int), long> starts = [];
    private List<LifeInput> acknowledged = [];
    private List<LifeInput> inFlight = [];
    private int synced;
    private int kept;
    private int processed;
    private int stepped;
    private int serial;
    private bool powerLost;

    /// <summary>Times that there was no room.</summary>
    public int Refusals { get; private set; }

    /// <summary>Segments that retention took.</summary>
    public int Removals { get; private set; }

    /// <summary>Records that were found to be gone, each time that one looked.</summary>
    public int Missing { get; private set; }

    /// <summary>Called when there is no room, to make some.</summary>
    public Action MakeRoom { get; set; } = () => { };

    private DataFolderOptions Options => new()
    {
        Durability = durability,
        SegmentBytes = 700,
        LedgerFileBytes = 400,
        ReserveBytes = 3000,
    };

    public void NoteRestart(Survival survival) => powerLost |= survival != Survival.All;

    public void Run(SimulatedDisk disk, int actions, bool close)
    {
        Verify(disk);
        using DataFolder folder = DataFolder.Open(disk, Folder, Options);
        Compare(folder);
        TopicLog events = Create(folder, "events", 2, TopicKind.Source, new() { RetentionBytes = 900 });
        TopicLog table = Create(folder, "table", 2, TopicKind.Source, Compacted(CleanupPolicy.Compact));
        TopicLog outputs = Create(folder, "out", 2, TopicKind.Derived, new() { RetentionMs = 25 });
        DerivedAppender output = folder.OpenDerived(outputs);
        Resume(output);
        for (int i = 0; i < actions; i++)
        {
            switch (random.Next(10))
            {
                case < 5:
                    Commit(folder, events, table);
                    break;
                case < 7:
                    Step(folder, output, random.Next(3) > 0);
                    break;
                case 7:
                    Flush(folder);
                    break;
                default:
                    Clean(folder);
                    break;
            }
        }

        Step(folder, output, all: true);
        Check(folder, acknowledged);
        if (close)
        {
            folder.Close();
            synced = acknowledged.Count;
            Verify(disk);
        }
    }

    private TopicSettings Compacted(CleanupPolicy policy) => new()
    {
        Cleanup = policy,
        SegmentMs = 30,
        DeleteRetentionMs = seed % 3 * 10,
        MinCleanableDirtyRatio = seed % 2 * 0.5,
        RetentionMs = 60,
    };

    // Also what a crash left, an unfinished swap for instance, is no damage to who only looks.
    private static void Verify(SimulatedDisk disk)
    {
        if (disk.DirectoryExists(Folder + "/ledger"))
        {
            Assert.DoesNotContain(
                new FolderVerification(disk, Folder).Run(), finding => finding.Severity == VerificationSeverity.Error);
        }
    }

    private static IEnumerable<PartitionLog> Partitions(DataFolder folder) =>
        folder.Topics.SelectMany(topic => topic.Partitions);

    private static LifeInput Output(int position) => new(
        "out", position % 2, position / 2, position, null,
        string.Create(CultureInfo.InvariantCulture, $"output {position} ") + new string('o', position % 90));

    private static long OutputsBelow(int partition, int position) => (position + 1 - partition) / 2;

    private static NullableBytes Bytes(string? text) => text is null ? default : Encoding.UTF8.GetBytes(text);

    private TopicLog Create(DataFolder folder, string name, int partitions, TopicKind kind, TopicSettings settings)
    {
        settings = settings with { Compression = (CompressionCodec)(seed % 5) };
        return Retried(() => folder.CreateTopic(name, partitions, kind, settings));
    }

    // What the oldest snapshot knows: from its position on, everything is written again or compared.
    private void Resume(DerivedAppender output)
    {
        processed = stepped = kept;
        for (int i = 0; i < 2; i++)
        {
            output.ResumeAt(i, OutputsBelow(i, kept));
        }
    }

    private void Compare(DataFolder folder)
    {
        List<LifeInput> possible = [.. acknowledged, .. inFlight];
        int certain = durability == Durability.Fsync || !powerLost ? acknowledged.Count : synced;
        Assert.InRange(folder.CommittedPosition, certain, possible.Count);
        acknowledged = possible[..(int)folder.CommittedPosition];
        inFlight = [];
        powerLost = false;
        Check(folder, acknowledged);
        Assert.InRange(folder.LastStepPosition, kept, acknowledged.Count);
    }

    private void Check(DataFolder folder, List<LifeInput> expected)
    {
        foreach (PartitionLog log in Partitions(folder))
        {
            long allowed = log.Kind == TopicKind.Derived
                ? OutputsBelow(log.Partition, kept)
                : expected.Take(kept).LongCount(input => IsOf(input, log));
            Assert.InRange(log.StartOffset, starts.GetValueOrDefault((log.Topic, log.Partition)), allowed);
            starts[(log.Topic, log.Partition)] = log.StartOffset;
        }

        HashSet<LifeInput> superseded = Superseded(expected);
        List<LifeInput?> found = LifeReading.Inputs(folder, 1 + random.Next(20));
        Assert.Equal(expected.Count, found.Count);
        Missing += found.Count(input => input is null);
        foreach (PartitionLog log in Partitions(folder))
        {
            IEnumerable<LifeInput> records = log.Kind == TopicKind.Source
                ? expected.Where((input, i) => IsOf(input, log) && !MayMiss(input, found[i], log, superseded))
                : Enumerable.Range(0, (int)log.EndOffset).Select(i => Output((2 * i) + log.Partition));
            Assert.Equal(records.Where(record => record.Offset >= log.StartOffset), LifeReading.Records(log));
        }

        Assert.All(found.Zip(expected).Where(pair => pair.First is not null), pair =>
            Assert.Equal(pair.Second, pair.First));
    }

    private static bool MayMiss(LifeInput input, LifeInput? found, PartitionLog log, HashSet<LifeInput> superseded) =>
        found is null && (input.Offset < log.StartOffset || superseded.Contains(input));

    // What compaction may have taken: records with a later one of their key, and tombstones, below what was needed.
    private HashSet<LifeInput> Superseded(List<LifeInput> expected)
    {
        HashSet<LifeInput> found = [];
        HashSet<(int, string)> later = [];
        foreach (LifeInput input in expected.Take(kept).Reverse().Where(i => i.Topic == "table" && i.Key is not null))
        {
            bool isLast = later.Add((input.Partition, input.Key!));
            if (!isLast || input.Value is null)
            {
                found.Add(input);
            }
        }

        return found;
    }

    private static bool IsOf(LifeInput input, PartitionLog log) =>
        input.Topic == log.Topic && input.Partition == log.Partition;

    private void Commit(DataFolder folder, TopicLog events, TopicLog table)
    {
        for (int left = 1 + random.Next(5); left > 0; left--)
        {
            TopicLog topic = random.Next(2) == 0 ? events : table;
            int partition = random.Next(2);
            string value = new string('x', random.Next(3) == 0 ? random.Next(600) : random.Next(40)) + serial++;
            string? key = random.Next(8) == 0 ? null : "k" + random.Next(5);
            long offset = acknowledged.Concat(inFlight).LongCount(i => IsOf(i, topic.Partitions[partition]));
            LifeInput input = new(topic.Name, partition, offset, serial, key, random.Next(6) == 0 ? null : value);
            folder.Commit.Add(topic.Partitions[partition], serial, Bytes(input.Key), Bytes(input.Value));
            inFlight.Add(input);
        }

        try
        {
            Assert.Equal(acknowledged.Count, folder.Commit.Commit().FirstPosition);
            acknowledged.AddRange(inFlight);
        }
        catch (DiskFullFault)
        {
            Refusals++;
            MakeRoom();
        }

        inFlight = [];
    }

    private void Step(DataFolder folder, DerivedAppender output, bool all)
    {
        int to = all ? acknowledged.Count : processed + random.Next(acknowledged.Count - processed + 1);
        for (; processed < to; processed++)
        {
            LifeInput next = Output(processed);
            output.Append(next.Partition, next.Timestamp, default, Bytes(next.Value));
        }

        Retried(() =>
        {
            folder.CommitStep(processed);
            return 0;
        });
        stepped = processed;
    }

    private void Flush(DataFolder folder)
    {
        folder.Flush();
        synced = acknowledged.Count;
        kept = Math.Max(kept, random.Next(stepped / 2, stepped + 1));
    }

    private void Clean(DataFolder folder)
    {
        Removals += Retried(() => folder.ApplyRetention(serial, NeededFrom)).Count;
        for (int slices = random.Next(25); slices > 0 && Compact(folder); slices--)
        {
        }
    }

    private bool Compact(DataFolder folder)
    {
        try
        {
            return folder.Compact(serial, NeededFrom, 1 + random.Next(300));
        }
        catch (DiskFullFault)
        {
            Refusals++;
            MakeRoom();
            return true;
        }
    }

    private long NeededFrom(PartitionLog log) => log.Kind == TopicKind.Derived
        ? OutputsBelow(log.Partition, kept)
        : acknowledged.Take(kept).LongCount(input => IsOf(input, log));

    private T Retried<T>(Func<T> act)
    {
        while (true)
        {
            try
            {
                return act();
            }
            catch (DiskFullFault)
            {
                Refusals++;
                MakeRoom();
            }
        }
    }
}
