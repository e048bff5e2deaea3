using System.Text;
using FsCheck.Xunit;
using Millrace.Storage.Records;
using Xunit;

namespace Millrace.Storage.Tests.Records;

/// <summary>The vectors of RFC 3720 B.4, and the processor's instruction against the table.</summary>
public class Crc32CTests
{
    [Fact]
    public void Vectors()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0u, Crc32C.Compute([]));
    }

    [Fact]
    public void EveryLengthAcrossTheLanesEqualsTheTable()
    {
        byte[] data = new byte[10_000];
        new Random(7).NextBytes(data);
        foreach (int length in Enumerable.Range(0, 1100).Concat([3071, 3072, 3073, 6144, 6151, 9999, 10_000]))
        {
            Assert.Equal(Crc32C.AppendTable(0, data.AsSpan(0, length)), Crc32C.Compute(data.AsSpan(0, length)));
            Assert.Equal(Crc32C.AppendTable(47, data.AsSpan(0, length)), Crc32C.Append(47, data.AsSpan(0, length)));
        }
    }

    [Property]
    public bool AppendingInPartsIsComputingTheWhole(byte[] first, byte[] second) =>
        Crc32C.Append(Crc32C.Compute(first), second) == Crc32C.Compute([.. first, .. second]);

    [Property]
    public bool CombiningPartsIsComputingTheWhole(byte[] first, byte[] second) =>
        Crc32C.Combine(Crc32C.Compute(first), Crc32C.Compute(second), second.Length)
            == Crc32C.Compute([.. first, .. second]);

    [Fact]
    public void ALongSecondPartCombines()
    {
        byte[] data = new byte[300_000];
        new Random(8).NextBytes(data);
        uint first = Crc32C.Compute(data.AsSpan(0, 40));
        Assert.Equal(Crc32C.Compute(data), Crc32C.Combine(first, Crc32C.Compute(data.AsSpan(40)), data.Length - 40));
    }
}
