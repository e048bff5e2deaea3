using System.Text;
using Millrace.Hosting.Views;
using Xunit;

namespace Millrace.Hosting.Tests;

/// <summary>Columns read in one way through a row are what looking for each of them gives.</summary>
public class ViewTableTests
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
        ViewTable table = new(Rows.Select(r => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(r)), columns);

        Assert.Equal(Rows.Length, table.Count);
        for (int row = 0; row < Rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                byte[] name = Encoding.UTF8.GetBytes(columns[column]);
                RowValue one = RowValue.Find(Encoding.UTF8.GetBytes(Rows[row]), name);
                Assert.Equal(one.Text(), table.Text(column, row));
                Assert.Equal(one.Number(), table.Number(column, row));
            }
        }

        Assert.Equal("é \"y\"", table.Text(1, 1));
        Assert.Equal(7, table.Number(0, 1));
        Assert.Equal("""{"n":[1,{"a":2}]}""", table.Text(3, 0));
    }
}
