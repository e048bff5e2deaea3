using System.IO.Compression;

namespace Millrace.Hosting.Inputs;

/// <summary>
/// A file of records. <c>.ndjson</c>, <c>.jsonl</c> and <c>.json</c> hold JSON lines, every other name delimited
/// values; a second ending <c>.gz</c> does not matter, for compression is seen in the file itself.
/// </summary>
internal static class InputFile
{
    private static readonly string[] JsonEndings = [".ndjson", ".jsonl", ".json"];

    public static RecordReader Open(string path, IReadOnlyList<string>? columns = null)
    {
        ByteWindow window = new(OpenStream(path));
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return JsonEndings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
            ? new NdjsonReader(window)
            : DelimitedReader.Open(window, columns);
    }

    private static Stream OpenStream(string path)
    {
        FileStream file = new(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        Span<byte> magic = stackalloc byte[2];
        int read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        bool isGzip = read == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
