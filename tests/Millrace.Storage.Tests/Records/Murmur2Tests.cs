using System.Text;
using Millrace.Storage.Records;
using Xunit;

namespace Millrace.Storage.Tests.Records;

/// <summary>Hashes and partitions as Kafka's own producer chose them.</summary>
public class Murmur2Tests
{
    [Theory]
    [InlineData("", 275646681, 9, 9)]
    [InlineData("s1", 322709757, 21, 9)]
    [InlineData("s2", -1359869759, 9, 9)]
    [InlineData("a", -1563381124, 4, 4)]
    [InlineData("ab", 316155434, 2, 2)]
    [InlineData("abc", 479470107, 3, 3)]
    [InlineData("abcd", -1323649548, 20, 8)]
    [InlineData("abcde", 461995741, 13, 1)]
    [InlineData("abcdefg", -346467175, 1, 1)]
    [InlineData("session-1", -783537844, 4, 4)]
    [InlineData("é", 186971271, 15, 3)]
    [InlineData("ключ", 2122343024, 8, 8)]
    [InlineData("中文", 1074123597, 21, 9)]
    [InlineData("\U0001F600", 131881617, 9, 9)]
    [InlineData("{\"session_id\":\"s1\"}", 1177286598, 6, 6)]
    [InlineData("00000000-0000-0000-0000-000000000000", 713427837, 21, 9)]
    [InlineData("the quick brown fox jumps over the lazy dog", -890066680, 16, 4)]
    public void HashAndPartition(string key, int hash, int of24, int of12)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(key);
        Assert.Equal(hash, Murmur2.Hash(bytes));
        Assert.Equal(of24, Murmur2.Partition(bytes, 24));
        Assert.Equal(of12, Murmur2.Partition(bytes, 12));
    }
}
