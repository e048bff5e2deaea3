using System.Text;

namespace Millrace.Bench.Http;

/// <summary>Requests as bytes, made before the load begins and sent in turn.</summary>
internal sealed class Requests(IReadOnlyList<byte[]> requests)
{
    public ReadOnlySpan<byte> this[long number] => requests[(int)(number % requests.Count)];

    public static Requests Get(IEnumerable<string> paths) =>
        new([.. paths.Select(p => Encoding.ASCII.GetBytes($"GET {p} HTTP/1.1\r\nHost: bench\r\n\r\n"))]);

    public static Requests Post(string path, IEnumerable<ReadOnlyMemory<byte>> bodies) => new([.. bodies.Select(b =>
    {
        string head = $"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-ndjson\r\n"
            + $"Content-Length: {b.Length}\r\n\r\n";
        return (byte[])[.. Encoding.ASCII.GetBytes(head), .. b.Span];
    })]);
}
