using System.Globalization;
using System.Text;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>A replay is compared, record by record, with what the topic holds.</summary>
public class ReplayTests
{
    private const int Records = 40;
    private readonly SimulatedDisk disk = FolderWorkload.NewDisk(1);

    public ReplayTests()
    {
        using DataFolder folder = Open();
        DerivedAppender output = folder.OpenDerived(folder.CreateTopic("out", 2, TopicKind.Derived));
        for (int i = 0; i < Records; i++)
        {
            Append(output, i);
            if (i % 7 == 0)
            {
                folder.CommitStep(0);
            }
        }

        folder.CommitStep(0);
        folder.Close();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    public void TheSameRecordsPassAndMoreAreWritten(int from)
    {
        using DataFolder folder = Open();
        DerivedAppender output = Resume(folder, from);
        for (int i = 2 * from; i < Records + 10; i++)
        {
            Append(output, i);
        }

        folder.CommitStep(0);
        Assert.Equal((Records + 10) / 2, output.Topic.Partitions[1].CommittedEnd);
    }

    [Theory]
    [InlineData("value", 10, ", from byte 6 on")]
    [InlineData("key", 0, ", from byte 1 on")]
    [InlineData("timestamp", 19, "")]
    public void AnotherRecordIsAFault(string part, int offset, string place)
    {
        using DataFolder folder = Open();
        DerivedAppender output = Resume(folder, 0);
        ReplayMismatchFault fault = Assert.Throws<ReplayMismatchFault>(() => ReplayWithChange(output, part, offset));
        Assert.Equal(("out", 1, (long)offset, part), (fault.Topic, fault.Partition, fault.Offset, fault.Part));
        string gives = $"replaying the log gives another {part} than was written{place}";
        Assert.Equal($"topic out, partition 1, offset {offset}: {gives}", fault.Message);
    }

    [Theory]
    [InlineData(7, "value", 7, true)]
    [InlineData(7, "key", 9, true)]
    [InlineData(7, "value", 6, false)]
    public void OfAWholeTopicSomeRecordsAreComparedAndTheOthersCounted(int from, string part, int changed, bool isTold)
    {
        using DataFolder folder = Open();
        DerivedAppender output = Resume(folder, 0);
        Assert.True(output.IsWhole);
        output.Drop([.. Enumerable.Repeat(0, Records / 2), .. Enumerable.Repeat(1, from)]);
        Exception? thrown = Record.Exception(() =>
        {
            for (int i = from; i < Records / 2; i++)
            {
                bool isChanged = i == changed;
                byte[] key = Encoding.UTF8.GetBytes("k" + (isChanged && part == "key" ? "!" : ""));
                string value = string.Create(CultureInfo.InvariantCulture, $"v{(2 * i) + 1,5}");
                value += isChanged && part == "value" ? "!" : "";
                output.Check(1, (2 * i) + 1, key, Encoding.UTF8.GetBytes(value));
            }
        });
        Assert.Equal(isTold, thrown is ReplayMismatchFault);
        Assert.Equal(isTold ? changed : Records / 2, output.NextOffset(1));
    }

    [Fact]
    public void RecordsBeyondThoseThatAreThereAreCountedAndNotWritten()
    {
        using DataFolder folder = Open();
        DerivedAppender output = Resume(folder, 0);
        output.Drop([.. Enumerable.Repeat(0, (Records / 2) + 3)]);
        output.Check(0, 1, NullableBytes.Null, NullableBytes.Null);
        Assert.Equal((Records / 2) + 4, output.NextOffset(0));
        Assert.Equal(Records / 2, output.Topic.Partitions[0].EndOffset);
    }

    [Fact]
    public void ATopicThatHasLostItsTailIsNotWhole()
    {
        using (DataFolder folder = Open())
        {
            DerivedAppender output = Resume(folder, Records / 2);
            Append(output, Records);
            folder.CommitStep(0);
        }

        (string path, int length) = disk.Files()
            .Where(file => file.Path.Contains("/out/0/") && file.Path.EndsWith(".log")).MaxBy(file => file.Path);
        disk.Flip(path, (length - 1) * 8);
        using DataFolder again = Open();
        Assert.False(Resume(again, Records / 2).IsWhole);
    }

    [Fact]
    public void NullIsNotEmpty()
    {
        using DataFolder folder = Open();
        DerivedAppender output = folder.OpenDerived(folder.CreateTopic("nulls", 1, TopicKind.Derived));
        output.Append(0, 1, NullableBytes.Null, Array.Empty<byte>());
        folder.CommitStep(0);
        output.ResumeAtStart();
        Assert.Throws<ReplayMismatchFault>(() => output.Append(0, 1, NullableBytes.Null, NullableBytes.Null));
        Assert.Throws<ReplayMismatchFault>(() => output.Append(0, 1, Array.Empty<byte>(), Array.Empty<byte>()));
        output.Append(0, 1, NullableBytes.Null, Array.Empty<byte>());
        Assert.Equal(1, output.NextOffset(0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AReplayThatLacksDamagedInputsLeavesWhatIsThere(bool fewer)
    {
        DataFolderOptions options = new() { SkipDamaged = true };
        using (DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, options))
        {
            Commit(folder, 6);
            Step(folder, 0, fewer);
            folder.Close();
        }

        string path = disk.Files().Select(file => file.Path)
            .Single(path => path.Contains("/in/0/") && path.EndsWith(".log"));
        disk.Flip(path, 8 * 100);
        for (int life = 0; life < 3; life++)
        {
            using DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, options);
            Assert.Equal(2, Assert.Single(folder.Recovery.Skipped).Count);
            DerivedAppender sums = Step(folder, 0, fewer);
            Assert.Equal(5 + life + 1, sums.Topic.Partitions[0].EndOffset);
            Commit(folder, 1);
            Step(folder, folder.CommittedPosition - 1, fewer, sums);
            Assert.Equal(5 + life + 2, sums.Topic.Partitions[0].EndOffset);
            folder.Close();
        }
    }

    private static void Commit(DataFolder folder, int records)
    {
        TopicLog source = folder.CreateTopic("in", 1, TopicKind.Source);
        for (int i = 0; i < records; i++)
        {
            folder.Commit.Add(source, i, NullableBytes.Null, new byte[] { (byte)i });
            if (i % 2 == 1 || i + 1 == records)
            {
                folder.Commit.Commit();
            }
        }
    }

    // A record for each input: how many there were so far; or, where that is to be more, one for each missing too.
    private static DerivedAppender Step(DataFolder folder, long from, bool fewer, DerivedAppender? output = null)
    {
        if (output is null)
        {
            output = folder.OpenDerived(folder.CreateTopic("sums", 1, TopicKind.Derived));
            output.ResumeAtStart();
        }

        PositionReader reader = folder.OpenPositions(from);
        PositionBatch batch = new();
        long seen = from;
        while (reader.Read(batch, 1) > 0)
        {
            long records = batch.Sources.Sum(source => source.Count);
            for (long i = fewer ? 1 : records; i <= (fewer ? records : 3 - (2 * records)); i++)
            {
                output.Append(0, 0, NullableBytes.Null, Encoding.UTF8.GetBytes("n" + seen));
            }

            seen += records;
        }

        folder.CommitStep(folder.CommittedPosition);
        return output;
    }

    private static void ReplayWithChange(DerivedAppender output, string part, int offset)
    {
        for (int i = 0; i < Records; i++)
        {
            bool changed = i == (2 * offset) + 1;
            Append(
                output, i, changed && part == "value" ? "!" : "", changed && part == "key" ? "!" : "",
                changed && part == "timestamp" ? 1 : 0);
        }
    }

    private static DerivedAppender Resume(DataFolder folder, long offset)
    {
        DerivedAppender output = folder.OpenDerived(folder.CreateTopic("out", 2, TopicKind.Derived));
        output.ResumeAt(0, offset);
        output.ResumeAt(1, offset);
        return output;
    }

    private static void Append(DerivedAppender output, int i, string value = "", string key = "", long later = 0) =>
        output.Append(
            i % 2, i + later, Encoding.UTF8.GetBytes("k" + key),
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v{i,5}{value}")));

    private DataFolder Open() =>
        DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions { SegmentBytes = 400 });
}
