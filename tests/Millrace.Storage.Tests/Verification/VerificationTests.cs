using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Verification;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Verification;

/// <summary>Verification finds every flipped bit and every missing file, and nothing in a sound folder.</summary>
public class VerificationTests
{
    private const int Seed = 5;

    [Fact]
    public void NothingIsFoundInASoundFolder()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            SimulatedDisk disk = Closed(seed);
            (List<VerificationFinding> findings, VerificationTotals totals) = Verify(disk);
            Assert.Empty(findings);
            Assert.Equal(disk.Files().Sum(file => file.Length), totals.Bytes);
            Assert.Equal(RecordsOf(disk), totals.Records);
            Assert.True(totals.LedgerEntries > 0);
        }
    }

    [Fact]
    public void EveryFlippedBitIsFound()
    {
        SimulatedDisk disk = Closed(Seed);
        Random random = new(Seed);
        (string Path, int Length)[] files = [.. disk.Files().Where(file => file.Length > 0)];
        Assert.All(new[] { ".meta", ".index", "ledger/", ".snapshot", "events/", "out/" }, kind =>
            Assert.Contains(files, file => file.Path.Contains(kind, StringComparison.Ordinal)));
        foreach ((string path, int length) in files)
        {
            for (int i = 0; i < 30; i++)
            {
                int bit = random.Next(8 * length);
                disk.Flip(path, bit);
                List<VerificationFinding> findings = Verify(disk).Findings;
                Assert.True(findings.Exists(f => f.Path == path), $"bit {bit} of {path}: {string.Join(';', findings)}");
                disk.Flip(path, bit);
            }
        }
    }

    [Fact]
    public void DamagedRecordsAreNamedExactly()
    {
        SimulatedDisk disk = Closed(Seed);
        Random random = new(Seed);
        foreach ((string path, int length) in disk.Files().Where(IsSegment).ToList())
        {
            foreach ((int start, RecordBatchHeader header) in Batches(disk, path, length))
            {
                int at = random.Next(header.TotalBytes);
                int bit = (8 * (start + (at is >= 12 and < 16 ? 0 : at))) + random.Next(8);
                disk.Flip(path, bit);
                VerificationFinding finding = Assert.Single(Verify(disk).Findings, f => f.FirstOffset >= 0);
                Assert.Equal((path, (long)start), (finding.Path, finding.Position));
                Assert.Equal(header.BaseOffset, finding.FirstOffset);
                Assert.Equal(header.NextOffset - 1, finding.LastOffset);
                Assert.Equal(VerificationSeverity.Error, finding.Severity);
                disk.Flip(path, bit);
            }
        }
    }

    [Fact]
    public void EveryMissingFileIsFound()
    {
        // That the ledger's last file is gone tells a snapshot only, which is of a later position.
        (string Path, int Length)[] files = [.. Closed(Seed).Files()];
        string last = files.Select(file => file.Path).Where(path => path.Contains("/ledger/")).Max()!;
        foreach ((string path, int length) in files)
        {
            SimulatedDisk disk = Closed(Seed);
            disk.Delete(path);
            bool needed = length > 0 && path != last && !path.EndsWith(".index", StringComparison.Ordinal)
                && !path.EndsWith(".snapshot", StringComparison.Ordinal);
            bool found = Verify(disk).Findings.Exists(f => f.Severity == VerificationSeverity.Error);
            Assert.True(needed == found, path);
        }
    }

    [Fact]
    public void ARunningProcessIsNoFinding()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            SimulatedDisk disk = FolderWorkload.NewDisk(seed);
            int checkedAt = 0;
            disk.Script = operation =>
            {
                if (operation.Number % 7 == seed % 7
                    && disk.FileExists(FolderWorkload.Folder + "/topics/events/topic.meta"))
                {
                    checkedAt++;
                    Assert.All(Verify(disk).Findings, f => Assert.Equal(VerificationSeverity.Note, f.Severity));
                }

                return DiskOutcome.Proceed;
            };
            new FolderWorkload(seed, Durability.Fsync).Run(disk, actions: 12, close: true);
            Assert.True(checkedAt > 3);
        }
    }

    [Fact]
    public void StrangersAndLeftoversAreNoted()
    {
        SimulatedDisk disk = Closed(Seed);
        disk.CreateDirectory(FolderWorkload.Folder + "/old");
        disk.Open(FolderWorkload.Folder + "/snapshots/00000000000000000099.snapshot.new", DiskOpen.Create);
        disk.CreateDirectory(FolderWorkload.Folder + "/topics/half/0");
        string[] strangers =
        [
            "/snapshots/1.snapshot", "/ledger/x", "/topics/x", "/topics/events/x", "/topics/events/0/x.log",
            "/topics/events/0/1.index", "/topics/events/0/1.swap",
        ];
        foreach (string name in strangers)
        {
            disk.CreateDirectory(FolderWorkload.Folder + Path.GetDirectoryName(name));
            disk.Open(FolderWorkload.Folder + name, DiskOpen.Create);
        }

        (List<VerificationFinding> findings, VerificationTotals totals) = Verify(disk);
        Assert.Equal((10, 10L, 0L), (findings.Count, totals.Notes, totals.Errors));
        Assert.All(strangers, name => Assert.Contains(findings, f => f.Path == FolderWorkload.Folder + name));
    }

    [Fact]
    public void AProjectsFileThatIsNotWhatWasWrittenIsFound()
    {
        SimulatedDisk disk = Closed(Seed);
        string projects = FolderWorkload.Folder + "/projects";
        string path = projects + "/9.json";
        disk.CreateDirectory(projects);
        SealedFile.Write(disk, path, "{\"a\":[1,2]}"u8);
        Assert.Equal("{\"a\":[1,2]}"u8.ToArray(), SealedFile.Read(disk, path));
        Assert.Empty(Verify(disk).Findings);
        for (int bit = 0; bit < 8 * disk.Files().Single(f => f.Path == path).Length; bit++)
        {
            disk.Flip(path, bit);
            VerificationFinding finding = Assert.Single(Verify(disk).Findings);
            Assert.Equal((path, VerificationSeverity.Error), (finding.Path, finding.Severity));
            disk.Flip(path, bit);
        }
    }

    [Fact]
    public void WhatIsNoDataFolderIsRefused()
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(1);
        Assert.Throws<DiskFault>(() => Verify(disk));
    }

    private static bool IsSegment((string Path, int Length) file) =>
        file.Length > 0 && file.Path.Contains("/topics/", StringComparison.Ordinal)
        && file.Path.EndsWith(".log", StringComparison.Ordinal);

    private static IEnumerable<(int Start, RecordBatchHeader Header)> Batches(
        SimulatedDisk disk, string path, int length)
    {
        byte[] bytes = new byte[length];
        using IDiskFile file = disk.Open(path, DiskOpen.Read);
        file.Read(0, bytes);
        for (int at = 0; at < length;)
        {
            Assert.Equal(BatchStatus.Valid, RecordBatchHeader.TryRead(bytes.AsSpan(at), out RecordBatchHeader header));
            yield return (at, header);
            at += header.TotalBytes;
        }
    }

    private static long RecordsOf(SimulatedDisk disk)
    {
        using DataFolder folder = DataFolder.OpenReadOnly(disk, FolderWorkload.Folder);
        return folder.Topics.SelectMany(topic => topic.Partitions).Sum(log => log.CommittedEnd);
    }

    private static SimulatedDisk Closed(int seed)
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(seed);
        new FolderWorkload(seed, Durability.Fsync).Run(disk, actions: 40, close: true);
        return disk;
    }

    private static (List<VerificationFinding> Findings, VerificationTotals Totals) Verify(SimulatedDisk disk)
    {
        FolderVerification verification = new(disk, FolderWorkload.Folder, keepsProject: false);
        return ([.. verification.Run()], verification.Totals);
    }
}
