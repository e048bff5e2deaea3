using System.Text;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Topics;
using Millrace.Storage.Verification;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>What the ledger keeps beside the order: deployments, removed topics, where it begins, its format.</summary>
public class DeploymentTests
{
    private readonly SimulatedDisk disk = FolderWorkload.NewDisk(1);

    [Fact]
    public void ADeploymentIsThereAfterEveryReopeningAndRoll()
    {
        for (int number = 1; number < 6; number++)
        {
            using DataFolder folder = Open();
            Assert.Equal(number - 1, folder.Deployment.Number);
            Assert.Equal(number, folder.CommitDeployment(Encoding.UTF8.GetBytes("p" + number)));
            Fill(folder, "events", 30);
            Assert.Equal("p" + number, Encoding.UTF8.GetString(folder.Deployment.Bytes.Span));
            using DataFolder other = DataFolder.OpenReadOnly(disk, FolderWorkload.Folder);
            Assert.Equal(number, other.Deployment.Number);
            Assert.Equal("p" + number, Encoding.UTF8.GetString(other.Deployment.Bytes.Span));
        }
    }

    [Fact]
    public void SnapshotsOfADeploymentThatNeverWasGoAtOpening()
    {
        using (DataFolder folder = Open())
        {
            folder.CommitDeployment("p"u8);
            folder.Snapshots.Begin(new SnapshotInfo(0, 1)).Complete();
            folder.Snapshots.Begin(new SnapshotInfo(0, 2)).Complete();
        }

        using DataFolder again = Open();
        Assert.Equal([1L], again.Snapshots.List().Select(snapshot => snapshot.Deployment));
    }

    [Fact]
    public void PositionsOfARemovedSourceArePassedOver()
    {
        using (DataFolder folder = Open())
        {
            Fill(folder, "kept", 3);
            Fill(folder, "gone", 4);
            Fill(folder, "kept", 2);
            PositionReader reader = folder.OpenPositions();
            PositionBatch batch = new();
            Assert.Equal(5, reader.Read(batch, 5));
            Assert.True(folder.RemoveTopic("gone"));
            Assert.False(folder.RemoveTopic("gone"));
            Assert.Equal(4, reader.Read(batch, 5));
            Assert.Equal([7L, 8], Assert.Single(batch.Sources, source => source.Count > 0).Positions.ToArray());
            Fill(folder, "gone", 1);
            Assert.Equal(1, reader.Read(batch, 5));
        }

        Assert.DoesNotContain(disk.Files(), file => file.Path.Contains("gone/0/00000000000000000001"));
        using DataFolder again = Open();
        Assert.Equal([0L, 1, 2, 7, 8, 9], Positions(again));
        Assert.Equal(10, again.CommittedPosition);
    }

    [Fact]
    public void TheLedgerBeginsWhereItIsToldTo()
    {
        using (DataFolder folder = Open())
        {
            Fill(folder, "events", 200);
            folder.DropLedgerBefore(150);
            Assert.InRange(folder.FirstPosition, 50, 150);
            Assert.Throws<ArgumentOutOfRangeException>(() => folder.OpenPositions(folder.FirstPosition - 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => folder.OpenLedger());
        }

        using DataFolder again = Open();
        long first = again.FirstPosition;
        Assert.InRange(first, 50, 150);
        for (long from = first; from <= 200; from++)
        {
            Assert.Equal(200 - from, PositionText.ReadAll(again, from, 7).Count);
        }

        again.DropLedgerBefore(0);
        Assert.Equal(first, again.FirstPosition);
    }

    /// <summary>Retention asks what the deployment that runs needs: an earlier one's snapshot says nothing.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void OnlyASnapshotThatAStartWouldUseNeedsTheLedger(long deployment, int warnings)
    {
        using (DataFolder folder = Open())
        {
            folder.CommitDeployment("p"u8);
            folder.CommitDeployment("q"u8);
            folder.Snapshots.Begin(new SnapshotInfo(0, deployment)).Complete();
            Fill(folder, "events", 200);
            folder.DropLedgerBefore(150);
            folder.Close();
        }

        FolderVerification verification = new(disk, FolderWorkload.Folder, keepsProject: false);
        Assert.Equal(warnings, verification.Run().Count(f => f.Path.EndsWith(".snapshot", StringComparison.Ordinal)));
    }

    [Fact]
    public void AMissingFirstFileIsNotADroppedOne()
    {
        using (DataFolder folder = Open())
        {
            Fill(folder, "events", 200);
            folder.DropLedgerBefore(150);
        }

        disk.Delete(LedgerFiles().Min()!);
        DamageFault fault = Assert.Throws<DamageFault>(Open);
        Assert.Contains("first files of the ledger are missing", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALedgerThatEndsBeforeASnapshotIsDamaged()
    {
        using (DataFolder folder = Open())
        {
            Fill(folder, "events", 200);
            folder.Close();
            folder.Snapshots.Begin(new SnapshotInfo(200, 0)).Complete();
        }

        disk.Delete(LedgerFiles().Max()!);
        List<(string, int)> before = [.. disk.Files()];
        DamageFault fault = Assert.Throws<DamageFault>(Open);
        Assert.Contains("snapshot 1 is of position 200", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, disk.Files());
    }

    [Fact]
    public void AnEarlierFormatIsRefusedInWords()
    {
        LedgerEncoder entry = new();
        entry.Begin(LedgerEntryKind.Base);
        entry.Write(1);
        entry.End();
        LedgerFrame.Seal(entry.Bytes, 0, 0);
        disk.CreateDirectory(FolderWorkload.Folder + "/ledger");
        Ledger.CreateFile(disk, FolderWorkload.Folder + "/ledger", 0, entry.Bytes);
        FormatFault fault = Assert.Throws<FormatFault>(Open);
        Assert.Equal((1, 2), (fault.Found, fault.Known));
        string start = "the data folder's ledger has format 1, and this version of Millrace reads format 2; ";
        Assert.StartsWith(start, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADetachedAppenderIsFilledBesideTheSteps()
    {
        using (DataFolder folder = Open())
        {
            Fill(folder, "events", 4);
            DerivedAppender output = folder.OpenDerived(folder.CreateTopic("out", 1, TopicKind.Derived), attach: false);
            output.Append(0, 1, "k"u8, "a"u8);
            folder.CommitStep(2);
            Assert.Equal(0, output.Topic.Partitions[0].EndOffset);
            output.Publish();
            Assert.Equal(1, output.Topic.Partitions[0].CommittedEnd);
            output.Append(0, 1, "k"u8, "b"u8);
            folder.Attach(output);
            Assert.Throws<InvalidOperationException>(output.Publish);
            folder.CommitStep(2);
            Assert.Equal(2, folder.StepEnd(output.Topic.Partitions[0]));
            folder.Detach(output);
            output.Append(0, 1, "k"u8, "c"u8);
            output.Publish();
            folder.CommitStep(4);
            folder.Flush();
        }

        using DataFolder again = Open();
        Assert.True(again.TryGetTopic("out", out TopicLog? kept));
        Assert.Equal(2, kept!.Partitions[0].EndOffset);
    }

    private IEnumerable<string> LedgerFiles() =>
        disk.Files().Select(file => file.Path).Where(path => path.Contains("/ledger/"));

    private static long[] Positions(DataFolder folder)
    {
        PositionReader reader = folder.OpenPositions();
        PositionBatch batch = new();
        List<long> positions = [];
        while (reader.Read(batch, 3) > 0)
        {
            positions.AddRange(batch.Sources.SelectMany(source => source.Positions.ToArray()).Order());
        }

        return [.. positions];
    }

    private static void Fill(DataFolder folder, string topic, int records)
    {
        TopicLog log = folder.CreateTopic(topic, 1, TopicKind.Source);
        for (int i = 0; i < records; i++)
        {
            folder.Commit.Add(log, i, "k"u8, "v"u8);
            if (i % 5 == 0)
            {
                folder.Commit.Commit();
            }
        }

        if (folder.Commit.Count > 0)
        {
            folder.Commit.Commit();
        }

        folder.Flush();
    }

    private DataFolder Open() => DataFolder.Open(
        disk, FolderWorkload.Folder, new DataFolderOptions { SegmentBytes = 300, LedgerFileBytes = 400 });
}
