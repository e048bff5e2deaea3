using FsCheck.Xunit;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>Records that come in columns become the same bytes as one by one.</summary>
public class RecordColumnsTests
{
    [Property(MaxTest = 60)]
    public void TheSameAsOneByOne((short Timestamp, byte Key, ushort Value)[] records, byte known, bool large)
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(1);
        using DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions());
        DerivedAppender single = folder.OpenDerived(folder.CreateTopic("single", 2, TopicKind.Derived));
        DerivedAppender columns = folder.OpenDerived(folder.CreateTopic("columns", 2, TopicKind.Derived));
        Columns made = new(records, large ? 4 : 0);

        int[] all = [.. Enumerable.Range(0, records.Length)];
        int there = Math.Min(known, records.Length);
        for (int i = 0; i < records.Length; i++)
        {
            if (i == there)
            {
                folder.CommitStep(0);
            }

            single.Append(1, made.Records.Timestamps[i], made.Records.Key(i), made.Records.Value(i));
        }

        // Some are there already when the replay comes: it drops them and goes on behind.
        columns.Append(1, made.Records, all.AsSpan(0, there));
        folder.CommitStep(0);
        columns.ResumeAtStart();
        columns.Append(1, made.Records, all);
        folder.CommitStep(0);
        Assert.Equal(records.Length, columns.Topic[1].CommittedEnd);
        Assert.Equal(Bytes(single.Topic[1]), Bytes(columns.Topic[1]));
        folder.Close();
    }

    private static byte[] Bytes(PartitionLog log)
    {
        byte[] buffer = [];
        int length = log.Read(0, int.MaxValue, ref buffer);
        return buffer[..length];
    }

    private sealed class Columns
    {
        private static readonly byte[] Keys = [.. Enumerable.Range(0, 260).Select(i => (byte)i)];
        private readonly long[] timestamps;
        private readonly int[] keyStarts;
        private readonly int[] keyLengths;
        private readonly int[] valueStarts;
        private readonly byte[] values;

        public Columns((short Timestamp, byte Key, ushort Value)[] records, int times)
        {
            timestamps = [.. records.Select(r => (long)r.Timestamp)];
            keyStarts = [.. records.Select(r => (int)r.Key)];
            keyLengths = [.. records.Select(r => (r.Key % 4) - 1)];
            valueStarts = new int[records.Length + 1];
            for (int i = 0; i < records.Length; i++)
            {
                valueStarts[i + 1] = valueStarts[i] + (records[i].Value << times);
            }

            values = new byte[valueStarts[^1]];
            new Random(records.Length).NextBytes(values);
        }

        public RecordColumns Records => new()
        {
            Timestamps = timestamps,
            Keys = Keys,
            KeyStarts = keyStarts,
            KeyLengths = keyLengths,
            Values = values,
            ValueStarts = valueStarts,
        };
    }
}
