using System.IO.Compression;
using System.Text;
using Millrace.Hosting.Inputs;
using Xunit;

namespace Millrace.Hosting.Tests;

public sealed class InputFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("millrace-inputs").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Json_lines_come_as_they_are()
    {
        string[] records = Read("a.ndjson", "{\"a\":1}\r\n\n  {\"a\":2} \nnot json");

        Assert.Equal(["{\"a\":1}", "{\"a\":2}", "not json"], records);
    }

    [Fact]
    public void A_header_names_the_columns()
    {
        string[] records = Read("a.csv", "id,name,price\n1,\"a \"\"b\"\", c\",2.5\r\n2,,\"\"\n");

        Assert.Equal(
            [
                "{\"id\":\"1\",\"name\":\"a \\\"b\\\", c\",\"price\":\"2.5\"}",
                "{\"id\":\"2\",\"name\":null,\"price\":\"\"}",
            ],
            records);
    }

    [Fact]
    public void Separators_are_found_and_missing_headers_too()
    {
        Assert.Equal(["{\"year\":\"2008\",\"page 1\":\"x\"}"], Read("a.csv", "year;page 1\n2008;x"));
        Assert.Equal(["{\"column1\":\"7\",\"column2\":\"x\"}"], Read("a.txt", "7|x\n"));
        Assert.Equal(["{\"a\":\"say \\\"hi\",\"b\":\"2\"}"], Read("a.tsv", "a\tb\nsay \"hi\t2\n"));
    }

    [Fact]
    public void Given_columns_win()
    {
        Assert.Equal(
            ["{\"x\":\"a\",\"y\":\"b\"}", "{\"x\":\"1\",\"y\":\"2\"}"], Read("a.csv", "a,b\n1,2\n", ["x", "y"]));
        Assert.Equal(["{\"x\":\"1\",\"y\":\"2\"}"], Read("a.csv", "x,y\n1,2\n", ["x", "y"]));
    }

    [Fact]
    public void Quotes_hold_line_feeds_and_rows_longer_than_the_window()
    {
        string longText = string.Concat(Enumerable.Repeat("line\n\"\"quoted\"\"\n", 40_000));
        string[] records = Read("a.csv", $"a,b\n1,\"{longText}\"\n2,x\n");

        Assert.Equal(2, records.Length);
        Assert.Equal(longText.Replace("\"\"", "\\\"").Replace("\n", "\\n"), records[0][14..^2]);
        Assert.Equal("{\"a\":\"2\",\"b\":\"x\"}", records[1]);
    }

    [Fact]
    public void A_row_with_too_few_or_too_many_fields_comes_as_text()
    {
        Assert.Equal(["1", "{\"a\":\"1\",\"b\":\"2\"}", "1,2,3"], Read("a.csv", "a,b\n1\n1,2\n\n1,2,3\n"));
    }

    [Fact]
    public void Compressed_files_are_read_whatever_their_name()
    {
        string path = Path.Combine(folder, "a.csv.gz");
        using (GZipStream zip = new(File.Create(path), CompressionLevel.Fastest))
        {
            zip.Write("a,b\n1,2\n"u8);
        }

        Assert.Equal(["{\"a\":\"1\",\"b\":\"2\"}"], ReadFile(path, null));
    }

    private string[] Read(string name, string text, string[]? columns = null)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return ReadFile(path, columns);
    }

    private static string[] ReadFile(string path, string[]? columns)
    {
        using RecordReader reader = InputFile.Open(path, columns);
        List<string> records = [];
        while (reader.TryRead(out ReadOnlySpan<byte> value))
        {
            records.Add(Encoding.UTF8.GetString(value));
        }

        return [.. records];
    }
}
