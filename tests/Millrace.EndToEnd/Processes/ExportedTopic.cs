using System.Text.Json.Nodes;

namespace Millrace.EndToEnd.Processes;

/// <summary>A record as <c>millrace export</c> writes it.</summary>
internal sealed record ExportedRecord(int Partition, long Offset, string? Key, string? Value);

/// <summary>Reads topics through <c>millrace export</c>.</summary>
internal static class ExportedTopic
{
    /// <summary>All topics of a data folder by name; each by partition and offset.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<ExportedRecord>>> ReadAsync(
        string project, string data)
    {
        using TempFolder folder = new();
        await Verb.OkAsync("export", project, "--data", data, "--out", folder.Path);
        return Directory.EnumerateFiles(folder.Path, "*.ndjson").ToDictionary(
            p => Path.GetFileNameWithoutExtension(p),
            p => (IReadOnlyList<ExportedRecord>)[.. File.ReadLines(p).Select(Parse)]);
    }

    private static ExportedRecord Parse(string line)
    {
        JsonNode record = JsonNode.Parse(line)!;
        return new ExportedRecord(
            (int)record["partition"]!, (long)record["offset"]!, (string?)record["key"], (string?)record["value"]);
    }
}
