using Millrace.Hosting.Snapshots;
using Xunit;

namespace Millrace.Hosting.Tests.Snapshots;

public sealed class BlockQueueTests
{
    /// <summary>Who writes waits for room, so what takes it must be there to be taken.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1 << 20)]
    public void What_leaves_no_room_can_be_taken(int least)
    {
        BlockQueue queue = new(1 << 20);
        while (queue.HasRoom)
        {
            queue.Write(new byte[least]);
        }

        long taken = 0;
        while (queue.TryTake(block => taken += block.Length))
        {
        }

        Assert.True(queue.HasRoom);
        Assert.NotEqual(0, taken);
    }

    [Fact]
    public void Blocks_come_out_as_they_went_in_whatever_their_sizes()
    {
        BlockQueue queue = new(1 << 30);
        int[] sizes = [0, 1, 300_000, 5, 262_144, 262_143, 2, 262_145, 0, 7];
        for (int round = 0; round < 3; round++)
        {
            List<byte[]> blocks = [.. sizes.Select((size, i) => Enumerable.Repeat((byte)(i + round), size).ToArray())];
            blocks.ForEach(block => queue.Write(block));
            queue.Flush();
            List<byte[]> found = [];
            while (queue.TryTake(block => found.Add(block.ToArray())))
            {
            }

            Assert.Equal(blocks.Select(Convert.ToHexString), found.Select(Convert.ToHexString));
            Assert.Equal(0, queue.Bytes);
        }
    }
}
