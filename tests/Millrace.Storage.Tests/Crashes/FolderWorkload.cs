using System.Globalization;
using System.Text;
using Millrace.Storage.Codecs;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Tests.Folders;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Crashes;

/// <summary>
/// A collector and an engine in miniature over a data folder, with its own account of what was acknowledged. The engine
/// is a fixed function of the inputs, so every derived record is known. May be run again after a crash, on what the
/// disk then holds; it begins by comparing that with the account.
/// </summary>
internal sealed class FolderWorkload(int seed, Durability durability)
{
    public const string Folder = "/d/data";
    private readonly Random random = new(seed);
    private List<string> acknowledged = [];
    private List<string> inFlight = [];
    private int synced;
    private int? flushing;
    private int processed;
    private int serial;
    private bool powerLost;
    private long deployed;
    private bool deploying;
    private long dropped;
    private long droppable;

    /// <summary>Each run writes with another codec.</summary>
    public bool Compresses { get; init; }

    private DataFolderOptions Options => new()
    {
        Durability = durability,
        SegmentBytes = seed % 3 == 0 ? 30_000 : 2500,
        LedgerFileBytes = 300,
    };

    public static SimulatedDisk NewDisk(int seed)
    {
        SimulatedDisk disk = new(seed);
        disk.CreateDirectory("/d");
        disk.SyncDirectory("");
        return disk;
    }

    /// <summary>
    /// Says what became of the disk: only a loss of power may take what was acknowledged but never synced.
    /// </summary>
    public void NoteRestart(Survival survival) => powerLost |= survival != Survival.All;

    public void Run(SimulatedDisk disk, int actions, bool close)
    {
        using DataFolder folder = DataFolder.Open(disk, Folder, Options);
        Compare(folder);
        TopicSettings settings = new() { Compression = (CompressionCodec)(Compresses ? serial % 5 : 0) };
        TopicLog events = folder.CreateTopic("events", 3, TopicKind.Source, settings);
        TopicLog products = folder.CreateTopic("products", 1, TopicKind.Source);
        DerivedAppender output = folder.OpenDerived(folder.CreateTopic("out", 2, TopicKind.Derived, settings));
        output.ResumeAtStart();
        DerivedAppender model = Model(folder, deployed, attach: true);
        processed = 0;
        flushing = null;
        for (int i = 0; i < actions; i++)
        {
            switch (random.Next(12))
            {
                case < 5:
                    CommitGroup(folder, events, products);
                    break;
                case < 8:
                    Step(folder, [output, model], random.Next(3) > 0);
                    break;
                case 8:
                    folder.Flush();
                    synced = acknowledged.Count;
                    break;
                case 9:
                    Snapshot(folder);
                    break;
                case 10:
                    Drop(folder);
                    break;
                default:
                    model = Rebuild(folder, output, model);
                    break;
            }

            if (i % 3 == 0)
            {
                FlushNext(folder);
            }
        }

        Step(folder, [output, model], all: true);
        Assert.Equal(ExpectedOutputs(processed), Outputs(folder, "out"));
        Assert.Equal(ExpectedOutputs(processed), Outputs(folder, model.Topic.Name));
        if (close)
        {
            folder.Close();
            synced = acknowledged.Count;
        }
    }

    /// <summary>
    /// What the folder holds against the account: all that was acknowledged, in order, nothing invented.
    /// </summary>
    public void Compare(DataFolder folder)
    {
        CompareDeployment(folder);
        int first = (int)folder.FirstPosition;
        Assert.InRange(first, dropped, droppable);
        List<string> found =
            [.. acknowledged.Take(first), .. PositionText.ReadAll(folder, first, 1 + random.Next(20))];
        List<string> possible = [.. acknowledged, .. inFlight];
        int certain = durability == Durability.Fsync || !powerLost ? acknowledged.Count : synced;
        Assert.InRange(found.Count, certain, possible.Count);
        Assert.Equal(possible.Take(found.Count), found);
        Assert.Equal(found.Count, folder.CommittedPosition);
        Assert.InRange(folder.LastStepPosition, 0, found.Count);
        acknowledged = found;
        inFlight = [];
        powerLost = false;
        synced = Math.Min(synced, found.Count);
        List<string>[] outputs = ExpectedOutputs((int)folder.LastStepPosition);
        foreach ((List<string> written, List<string> expected) in
            Outputs(folder, "out").Zip(outputs).Concat(Outputs(folder, ModelName(deployed)).Zip(outputs)))
        {
            Assert.Equal(expected.Take(written.Count), written);
        }
    }

    private static string ModelName(long generation) => "model~" + generation;

    private static List<string>[] Outputs(DataFolder folder, string name)
    {
        if (!folder.TryGetTopic(name, out TopicLog? topic))
        {
            return [];
        }

        return [.. topic!.Partitions.Select(partition =>
        {
            List<string> lines = [];
            PartitionReader reader = partition.OpenReader();
            while (reader.MoveNext())
            {
                Assert.Equal(lines.Count, reader.Offset);
                lines.Add(Encoding.UTF8.GetString(reader.Value.Bytes));
            }

            return lines;
        })];
    }

    private List<string>[] ExpectedOutputs(int position)
    {
        List<string>[] expected = [[], []];
        for (int i = 0; i < position; i++)
        {
            foreach (string line in OutputsOf(i))
            {
                expected[i % 2].Add(line);
            }
        }

        return expected;
    }

    private IEnumerable<string> OutputsOf(int position)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{position}:{acknowledged[position]}");
        return line.Contains("tick", StringComparison.Ordinal) ? [line, line + "!"] : [line];
    }

    private void CommitGroup(DataFolder folder, TopicLog events, TopicLog products)
    {
        for (int left = 1 + random.Next(6); left > 0; left--)
        {
            string value = new string('x', random.Next(5) == 0 ? random.Next(1500) : random.Next(40)) + serial++;
            string key = "k" + random.Next(6);
            TopicLog topic = random.Next(6) == 0 ? products : events;
            if (random.Next(8) == 0)
            {
                folder.Commit.AddTick(serial);
                inFlight.Add("tick " + serial);
                continue;
            }

            folder.Commit.Add(topic, serial, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
            inFlight.Add($"{topic.Name} {key}={value}@{serial}");
        }

        CommitResult result = folder.Commit.Commit();
        Assert.Equal(acknowledged.Count, result.FirstPosition);
        acknowledged.AddRange(inFlight);
        inFlight = [];
    }

    // Committed means durable, whatever the options say of records.
    private void CompareDeployment(DataFolder folder)
    {
        FolderDeployment found = folder.Deployment;
        Assert.InRange(found.Number, deployed, deploying ? deployed + 1 : deployed);
        Assert.Equal(found.Number == 0 ? "" : "project " + found.Number, Encoding.UTF8.GetString(found.Bytes.Span));
        deployed = found.Number;
        deploying = false;
        foreach (SnapshotInfo snapshot in folder.Snapshots.List())
        {
            Assert.Null(snapshot.Problem);
            Assert.InRange(snapshot.Position, 0, folder.CommittedPosition);
            Assert.InRange(snapshot.Deployment, 0, deployed);
        }
    }

    // At most what was acknowledged when the flush began; one that a whole flush came between began later.
    private void FlushNext(DataFolder folder)
    {
        flushing ??= acknowledged.Count;
        if (folder.FlushNext())
        {
            synced = Math.Max(synced, flushing.Value);
            flushing = null;
        }
    }

    private void Snapshot(DataFolder folder)
    {
        folder.Flush();
        synced = acknowledged.Count;
        SnapshotWriter writer = folder.Snapshots.Begin(
            new SnapshotInfo(processed, random.Next(2) == 0 ? deployed : deployed + 1));
        writer.Write("state"u8);
        writer.Complete();
        folder.Snapshots.RemoveAfterDeployment(deployed);
        folder.Snapshots.Retain(2);
    }

    private void Drop(DataFolder folder)
    {
        long needed = folder.Snapshots.List().Select(snapshot => snapshot.Position).Append(processed).Min();
        long to = random.Next((int)needed + 1);
        droppable = Math.Max(droppable, to);
        folder.DropLedgerBefore(to);
        Assert.InRange(folder.FirstPosition, dropped, droppable);
        dropped = folder.FirstPosition;
    }

    // Builds the next generation beside the steps, then deploys it and removes the one before.
    private DerivedAppender Rebuild(DataFolder folder, DerivedAppender output, DerivedAppender model)
    {
        Step(folder, [output, model], all: false);
        folder.RemoveTopic(ModelName(deployed + 1));
        DerivedAppender next = Model(folder, deployed + 1, attach: false);
        for (int i = 0; i < processed; i++)
        {
            Append(next, i);
            if (random.Next(8) == 0)
            {
                next.Publish();
            }
        }

        if (random.Next(3) == 0)
        {
            Assert.True(folder.RemoveTopic(next.Topic.Name));
            return model;
        }

        folder.Attach(next);
        folder.CommitStep(processed);
        deploying = true;
        Assert.Equal(deployed + 1, folder.CommitDeployment(Encoding.UTF8.GetBytes("project " + (deployed + 1))));
        deploying = false;
        synced = acknowledged.Count;
        folder.RemoveTopic(ModelName(deployed++));
        Assert.False(folder.TryGetTopic(ModelName(deployed - 1), out _));
        return next;
    }

    private DerivedAppender Model(DataFolder folder, long generation, bool attach)
    {
        foreach (TopicLog other in folder.Topics
            .Where(topic => topic.Name.StartsWith("model", StringComparison.Ordinal))
            .Where(topic => topic.Name != ModelName(generation) && topic.Name != ModelName(deployed)))
        {
            folder.RemoveTopic(other.Name);
        }

        TopicLog log = folder.CreateTopic(ModelName(generation), 2, TopicKind.Derived);
        DerivedAppender appender = folder.OpenDerived(log, attach);
        appender.ResumeAtStart();
        return appender;
    }

    private void Append(DerivedAppender appender, int position)
    {
        foreach (string line in OutputsOf(position))
        {
            appender.Append(position % 2, position, NullableBytesOf(null), Encoding.UTF8.GetBytes(line));
        }
    }

    private void Step(DataFolder folder, DerivedAppender[] appenders, bool all)
    {
        int to = all ? acknowledged.Count : processed + random.Next(acknowledged.Count - processed + 1);
        for (; processed < to; processed++)
        {
            foreach (DerivedAppender appender in appenders)
            {
                Append(appender, processed);
            }
        }

        folder.CommitStep(processed);
    }

    private static byte[]? NullableBytesOf(byte[]? bytes) => bytes;
}
