using FsCheck.Xunit;
using Millrace.Hosting.Running;
using Xunit;

namespace Millrace.Hosting.Tests;

/// <summary>Rows by partition, in order within each, however often the memory is used again.</summary>
public class PartitionOrderTests
{
    private const int Partitions = 24;

    [Property]
    public void EveryRowOnceInOrder(byte[][] batches)
    {
        PartitionOrder order = new();
        for (int b = 0; b < batches.Length; b++)
        {
            int partitions = b % 2 == 0 ? Partitions : 3;
            int[] rows = [.. batches[b].Select(row => row % partitions)];
            order.Sort(rows, partitions);
            for (int p = 0; p < partitions; p++)
            {
                Assert.Equal(Enumerable.Range(0, rows.Length).Where(row => rows[row] == p), order.Of(p).ToArray());
            }
        }
    }
}
