using System.Text;
using Millrace.Hosting.Views;
using Xunit;

namespace Millrace.Hosting.Tests;

/// <summary>Columns read in one way through a row are what looking for each of them gives.</summary>
public class ViewCursorTests
{
    private static readonly string[] Rows =
    [
        """{"a":"x","b":12.5,"c":{"n":[1,{"a":2}]}}""",
        """{"c":null,"b":"7","a":"\u00e9 \"y\"","d":true}""",
        """{"d":{"a":"not this"},"e":[]}""",
        "{}",
    ];

    [Fact]
    public void EveryColumnIsFoundWhereverItStands()
    {
        string[] columns = ["b", "a", "nowhere", "c", "d"];
        using ViewCursor cursor = new(Rows.Select(r => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(r)), columns);

        List<string?[]> texts = [];
        List<double> numbers = [];
        foreach (string row in Rows)
        {
            Assert.True(cursor.MoveNext());
            texts.Add([.. columns.Select((_, c) => cursor.Text(c))]);
            numbers.Add(cursor.Number(0));
            for (int column = 0; column < columns.Length; column++)
            {
                RowValue one = RowValue.Find(Encoding.UTF8.GetBytes(row), Encoding.UTF8.GetBytes(columns[column]));
                Assert.Equal(one.Text(), cursor.Text(column));
                Assert.Equal(one.IsNull, cursor.IsNull(column));
                Assert.Equal(one.Number(), cursor.Number(column));
            }
        }

        Assert.False(cursor.MoveNext());
        Assert.Equal("é \"y\"", texts[1][1]);
        Assert.Equal(7, numbers[1]);
        Assert.Equal("""{"n":[1,{"a":2}]}""", texts[0][3]);
    }
}
