namespace Millrace.Data.Json;

/// <summary>The words for what is wrong with a record.</summary>
internal static class JsonFaults
{
    public static BadRecord Describe(JsonFault fault, int record, DecodeColumn? column, int offset)
    {
        (string code, string what) = fault switch
        {
            JsonFault.Type => ("json.type", $"a value that does not fit {column?.Type}"),
            JsonFault.Null => ("json.null", $"NULL or nothing, but the type is {column?.Type}"),
            JsonFault.Missing => ("json.missing", "a wanted field is missing"),
            JsonFault.Depth => ("json.limit", "nested too deeply"),
            JsonFault.Digits => ("json.limit", "a number has too many digits"),
            JsonFault.Utf8 => ("json.utf8", "not valid UTF-8"),
            _ => ("json.syntax", "not well-formed JSON"),
        };
        string where = column is null ? "" : $"column {column.Name}: ";
        return new BadRecord(record, code, column?.Name, offset, $"{where}{what}, before byte {offset}");
    }
}
