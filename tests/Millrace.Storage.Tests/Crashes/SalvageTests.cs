using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Crashes;

/// <summary>
/// A folder whose ledger, or whose notes of what a topic is, are lost: who only reads it is told so, and may have all
/// that the files hold.
/// </summary>
public class SalvageTests
{
    private const string Folder = "/d/data";
    private const string Ledger = "/ledger/00000000000000000000.log";
    private const string Source = "/topics/in/0/";

    public static TheoryData<string, string> Losses => new()
    {
        { "gone", Ledger },
        { "flipped", Ledger },
        { "gone", "/topics/in/topic.meta" },
        { "flipped", "/topics/in/topic.meta" },
        { "gone", "/topics/out/topic.meta" },
        { "flipped", Source + "partition.meta" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void WhoOnlyReadsIsToldAndMayHaveAllThatTheFilesHold(string what, string file)
    {
        SimulatedDisk disk = Written();
        List<string> whole = Read(disk, skipDamaged: false, out _);
        Break(disk, what, file);
        Assert.Throws<DamageFault>(() => DataFolder.TryOpenReadOnly(disk, Folder));
        Assert.Equal(whole, Read(disk, skipDamaged: true, out IReadOnlyList<string> damage));
        Assert.Contains(file == Ledger ? "no ledger" : file, Assert.Single(damage), StringComparison.Ordinal);
    }

    [Fact]
    public void WithNothingLeftButRecordsAllThatCanBeReadIsThere()
    {
        SimulatedDisk disk = Written();
        List<string> whole = Read(disk, skipDamaged: false, out _);
        Break(disk, "gone", Ledger);
        Break(disk, "gone", "/topics/out/topic.meta");
        string segment = Folder + Source + "00000000000000000040.log";
        disk.Flip(segment, 8 * (disk.Files().First(f => f.Path == segment).Length / 2));
        List<string> read = Read(disk, skipDamaged: true, out IReadOnlyList<string> damage);
        Assert.Equal(2, damage.Count);
        Assert.Equal(whole.Count - 1, read.Count);
        Assert.Empty(read.Except(whole));
    }

    /// <summary>Else the records would be taken for those of a beginning that never was, and cut.</summary>
    [Fact]
    public void RecordsThatNothingDescribesAreDamageAndStay()
    {
        SimulatedDisk disk = Written();
        Break(disk, "gone", Ledger);
        Break(disk, "gone", "/topics/in/topic.meta");
        Break(disk, "gone", "/topics/out/topic.meta");
        string[] files = [.. disk.Files().Select(f => $"{f.Path} {f.Length}")];
        Assert.Throws<DamageFault>(() => DataFolder.TryOpenReadOnly(disk, Folder));
        Assert.Throws<DamageFault>(() => DataFolder.Open(disk, Folder, new DataFolderOptions()));
        Assert.Equal(files, disk.Files().Select(f => $"{f.Path} {f.Length}").Where(f => !f.Contains("LOCK")));
    }

    /// <summary>A topic is removed between two readings of a look.</summary>
    [Fact]
    public void WhatAProcessAtWorkDoesMeanwhileIsNoDamage()
    {
        SimulatedDisk disk = Written();
        using DataFolder folder = DataFolder.Open(disk, Folder, new DataFolderOptions());
        bool isRemoved = false;
        disk.Reading = path =>
        {
            if (path.EndsWith("/in/topic.meta", StringComparison.Ordinal) && !isRemoved)
            {
                isRemoved = true;
                folder.RemoveTopic("out");
            }
        };
        using DataFolder reader = DataFolder.OpenReadOnly(disk, Folder);
        Assert.True(isRemoved);
        Assert.Empty(reader.Recovery.Damage);
    }

    [Fact]
    public void AFileIsNoEmptyFolder()
    {
        SimulatedDisk disk = new(1);
        disk.Open("/file", DiskOpen.Create).Dispose();
        DiskFault fault = Assert.Throws<DiskFault>(() => DataFolder.TryOpenReadOnly(disk, "/file"));
        Assert.Contains("/file", fault.Message, StringComparison.Ordinal);
    }

    private static void Break(SimulatedDisk disk, string what, string file)
    {
        if (what == "gone")
        {
            disk.Delete(Folder + file);
        }
        else
        {
            disk.Flip(Folder + file, 8 * 12);
        }
    }

    // Fifty records in segments of ten, of which retention has taken the first two.
    private static SimulatedDisk Written()
    {
        SimulatedDisk disk = new(1);
        using DataFolder folder = DataFolder.Open(disk, Folder, new DataFolderOptions());
        TopicSettings settings = new() { RetentionMs = 100, SegmentMs = 9 };
        TopicLog source = folder.CreateTopic("in", 1, TopicKind.Source, settings);
        DerivedAppender rows = folder.OpenDerived(folder.CreateTopic("out", 2, TopicKind.Derived));
        for (int i = 0; i < 50; i++)
        {
            byte[] key = [(byte)i];
            folder.Commit.Add(source, i, key, "v"u8);
            folder.Commit.Commit();
            rows.Append(i, key, "row"u8);
            folder.CommitStep(i + 1);
        }

        folder.Flush();
        folder.ApplyRetention(125, _ => long.MaxValue);
        folder.Close();
        return disk;
    }

    private static List<string> Read(SimulatedDisk disk, bool skipDamaged, out IReadOnlyList<string> damage)
    {
        using DataFolder folder = DataFolder.OpenReadOnly(disk, Folder, skipDamaged);
        damage = folder.Recovery.Damage;
        List<string> read = [];
        foreach (PartitionLog partition in folder.Topics.SelectMany(topic => topic.Partitions))
        {
            PartitionReader reader = partition.OpenReader();
            while (reader.MoveNext())
            {
                read.Add($"{partition.Topic}/{partition.Partition}/{reader.Offset}/{reader.Key.Bytes[0]}");
            }
        }

        read.Sort(StringComparer.Ordinal);
        return read;
    }
}
