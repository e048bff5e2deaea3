using System.Text.Json;
using Millrace.Data;
using Millrace.Hosting.Inputs;
using Millrace.Plans;

namespace Millrace.Hosting.Bounded;

/// <summary>
/// What a mapping SELECT reads: the table <c>input</c>, whose columns are the file's, all STRING, and
/// <c>line_number</c>, BIGINT, which counts the file's records from 1. The columns of a file of JSON lines are the
/// fields of its first ten thousand records.
/// </summary>
public static class MapInput
{
    /// <summary>The table's name in the SELECT.</summary>
    public const string TableName = "input";

    /// <summary>The column that counts the records.</summary>
    public const string LineNumber = "line_number";

    private const int SampledRecords = 10_000;

    /// <summary>The table that a file is. Reads the file's beginning.</summary>
    public static TableDefinition Describe(string path, IReadOnlyList<string>? columns)
    {
        using RecordReader reader = InputFile.Open(path, columns);
        IEnumerable<string> names = reader.Columns.Count > 0 ? reader.Columns : SampleFields(reader);
        return new TableDefinition(
            TableName,
            [
                .. names.Where(n => n != LineNumber).Select(n => new Field(n, SqlType.String)),
                new Field(LineNumber, SqlType.BigInt.NotNull()),
            ]);
    }

    private static List<string> SampleFields(RecordReader reader)
    {
        List<string> names = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < SampledRecords && reader.TryRead(out ReadOnlySpan<byte> value); i++)
        {
            try
            {
                Utf8JsonReader json = new(value);
                json.Read();
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    string name = json.GetString()!;
                    if (seen.Add(name))
                    {
                        names.Add(name);
                    }

                    json.Skip();
                }
            }
            catch (JsonException)
            {
                // A bad record names no columns; it is reported when it is run.
            }
        }

        return names;
    }
}
