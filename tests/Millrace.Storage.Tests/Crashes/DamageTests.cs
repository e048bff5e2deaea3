using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Tests.Folders;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Crashes;

/// <summary>Bits flipped and files cut in a closed folder: reported, or harmless; never a wrong answer.</summary>
public class DamageTests
{
    private const int Seed = 5;

    public static TheoryData<string> Kinds => 
        ["ledger/", "topics/events/", "topics/out/", ".meta", ".index", ".snapshot"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AFlippedBitIsReportedOrHarmless(string kind)
    {
        Random random = new(Seed);
        List<string> whole = Contents(Closed());
        int reported = 0;
        const int Flips = 120;
        for (int i = 0; i < Flips; i++)
        {
            SimulatedDisk disk = Closed();
            (string path, int length) = Pick(disk, kind, random);
            int bit = random.Next(8 * length);
            disk.Flip(path, bit);
            List<(string, int)> before = [.. disk.Files()];
            try
            {
                Assert.True(whole.SequenceEqual(Contents(disk)), $"bit {bit} of {path} changed the answer");
            }
            catch (DamageFault)
            {
                reported++;
                Assert.Equal(before.Where(f => !f.Item1.EndsWith("LOCK", StringComparison.Ordinal)), disk.Files());
            }
        }

        bool harmless = kind is ".index" or ".snapshot";
        Assert.True(harmless ? reported == 0 : reported > Flips / 4, $"{reported} reported");
    }

    [Theory]
    [InlineData("ledger/")]
    [InlineData("topics/events/")]
    public void AFileCutInTheMiddleOfTheLogIsReported(string kind)
    {
        SimulatedDisk sample = Closed();
        List<string> paths = [.. Logs(sample, kind)];
        Assert.True(paths.Count > 2, "too few files to have a middle");
        foreach (string path in paths)
        {
            SimulatedDisk disk = Closed();
            using (IDiskFile file = disk.Open(path, DiskOpen.Write))
            {
                file.Truncate(file.Length - 30);
            }

            bool last = kind == "ledger/" && path == paths[^1];
            Assert.Throws<DamageFault>(() => Assert.Equal(last ? [] : ["x"], last ? throw Tail(disk) : Contents(disk)));
        }
    }

    [Fact]
    public void ALedgerThatIsGoneIsNotAnEmptyOne()
    {
        SimulatedDisk disk = Closed();
        foreach (string path in Logs(disk, "ledger/"))
        {
            disk.Delete(path);
        }

        DamageFault fault = Assert.Throws<DamageFault>(() => Contents(disk));
        Assert.Equal("events", fault.Topic);
    }

    [Fact]
    public void ADamagedLedgerFileIsNoHindranceToWhoBeginsBehindIt()
    {
        SimulatedDisk disk = Closed();
        string first = Logs(disk, "ledger/").First();
        disk.Flip(first, 8 * disk.Files().First(file => file.Path == first).Length - 8);
        using DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions());
        List<string> whole = Contents(Closed());
        long late = folder.CommittedPosition - 20;
        Assert.Equal(whole.Skip((int)(late - folder.FirstPosition)).Take(20), PositionText.ReadAll(folder, late, 9));
        DamageFault fault = Assert.Throws<DamageFault>(() => PositionText.ReadAll(folder, folder.FirstPosition, 9));
        Assert.Contains("skipping cannot bring it back", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFaultNamesThePlace()
    {
        SimulatedDisk disk = Closed();
        string path = Logs(disk, "topics/events/1/").First();
        disk.Flip(path, 8 * 100);
        DamageFault fault = Assert.Throws<DamageFault>(() => Contents(disk));
        Assert.Equal(("events", 1, 0L), (fault.Topic, fault.Partition, fault.Offset));
        Assert.Equal((path, 0L), (fault.Path, fault.Position));
        string place = "topic events, partition 1, offsets 0 to 1: not readable";
        Assert.StartsWith(place, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The ledger says how far topics go; where it ends too early, their files do.</summary>
    [Theory]
    [InlineData("flipped")]
    [InlineData("cut")]
    public void WhoOnlyReadsIsToldOfADamagedLedgerAndMayReadOn(string what)
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(Seed);
        using (DataFolder written = DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions()))
        {
            TopicLog topic = written.CreateTopic("events", 1, TopicKind.Source);
            for (int i = 0; i < 20; i++)
            {
                written.Commit.Add(topic, i, "k"u8, "v"u8);
                written.Commit.Commit();
            }

            written.CommitStep(20);
            written.Flush();
            written.Snapshots.Begin(new SnapshotInfo(20, 0)).Complete();
            written.Close();
        }

        string ledger = Logs(disk, "ledger/").Single();
        int middle = disk.Files().First(file => file.Path == ledger).Length / 2;
        if (what == "flipped")
        {
            disk.Flip(ledger, 8 * middle);
        }
        else
        {
            using IDiskFile file = disk.Open(ledger, DiskOpen.Write);
            file.Truncate(middle);
        }

        Assert.Throws<DamageFault>(() => DataFolder.OpenReadOnly(disk, FolderWorkload.Folder));
        using DataFolder folder = DataFolder.OpenReadOnly(disk, FolderWorkload.Folder, skipDamaged: true);
        Assert.Single(folder.Recovery.Damage);
        Assert.Equal(20, folder.Topics.Single().Partitions.Single().CommittedEnd);
    }

    // The last entry of a closed ledger only says that the rest is on disk: losing it loses nothing.
    private static DamageFault Tail(SimulatedDisk disk)
    {
        Assert.Equal(Contents(Closed()), Contents(disk));
        return new DamageFault("", 0, "expected");
    }

    private static SimulatedDisk Closed()
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(Seed);
        new FolderWorkload(Seed, Durability.Fsync).Run(disk, actions: 40, close: true);
        return disk;
    }

    private static (string Path, int Length) Pick(SimulatedDisk disk, string kind, Random random)
    {
        (string Path, int Length)[] files = [.. disk.Files()
            .Where(f => f.Length > 0 && f.Path.Contains(kind, StringComparison.Ordinal))
            .Where(f => kind[0] == '.' || f.Path.EndsWith(".log", StringComparison.Ordinal))];
        return files[random.Next(files.Length)];
    }

    private static IEnumerable<string> Logs(SimulatedDisk disk, string kind) => disk.Files()
        .Select(f => f.Path)
        .Where(path => path.Contains(kind, StringComparison.Ordinal) && path.EndsWith(".log", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    // Inputs and outputs, read from every offset so that indexes are used too.
    private static List<string> Contents(SimulatedDisk disk)
    {
        using DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions());
        List<string> lines = PositionText.ReadAll(folder, folder.FirstPosition, 9);
        lines.Add($"from {folder.FirstPosition}, deployment {folder.Deployment.Number}");
        foreach (PartitionLog log in folder.Topics.SelectMany(topic => topic.Partitions))
        {
            for (long from = 0; from < log.EndOffset; from++)
            {
                PartitionReader reader = log.OpenReader(from);
                Assert.True(reader.MoveNext());
                Assert.Equal(from, reader.Offset);
                string value = Convert.ToHexString(reader.Value.Bytes);
                lines.Add($"{log.Topic}/{log.Partition}@{from} {reader.Timestamp} {value}");
            }
        }

        return lines;
    }
}
