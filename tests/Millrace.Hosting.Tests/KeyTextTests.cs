using System.Globalization;
using Millrace.Hosting.Collecting;
using Millrace.Hosting.Tests.Support;
using Millrace.Projects;
using Xunit;

namespace Millrace.Hosting.Tests;

/// <summary>A key that a person writes is the one of the record, or none: never another one's.</summary>
public sealed class KeyTextTests
{
    [Theory]
    [InlineData("TINYINT", 1, -128, 127)]
    [InlineData("SMALLINT", 2, -32768, 32767)]
    [InlineData("INT", 4, int.MinValue, int.MaxValue)]
    [InlineData("BIGINT", 8, long.MinValue, long.MaxValue)]
    public void A_whole_number_is_a_key_where_the_column_can_hold_it(string type, int size, long least, long most)
    {
        Assert.True(TryEncode(type, Text(least), out byte[] first));
        Assert.Equal([0x80, .. new byte[size - 1]], first);
        Assert.True(TryEncode(type, Text(most), out byte[] last));
        Assert.Equal([0x7F, .. Enumerable.Repeat((byte)0xFF, size - 1)], last);
        Assert.False(TryEncode(type, Text((Int128)least - 1), out _));
        Assert.False(TryEncode(type, Text((Int128)most + 1), out _));
        Assert.False(TryEncode(type, Text(((Int128)1 << (8 * size)) + 1), out _));
        Assert.False(TryEncode(type, "a", out _));
    }

    private static bool TryEncode(string type, string text, out byte[] key)
    {
        CompiledProject project = TestProject.Compile($"""
            sources:
              - name: items
                topic: shop.items
                columns:
                  - name: item
                    type: {type}
                  - name: at
                    type: TIMESTAMP(3)
            models:
              - name: copies
                key: item
                sql: SELECT item, at FROM {"{{"} source("items") {"}}"}
            """);
        return KeyText.TryEncode(project.FindModel("copies")!, text, out key);
    }

    private static string Text(Int128 number) => number.ToString(CultureInfo.InvariantCulture);
}
