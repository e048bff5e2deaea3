using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Millrace.Bench.Http;

/// <summary>
/// One kept-alive HTTP/1.1 connection with blocking calls: a generator that costs little, because it shares the
/// processor with what it measures. Understands answers with a length, which is all that the servers send.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private byte[] buffer = new byte[1 << 14];

    public Connection(Uri address)
    {
        socket.NoDelay = true;
        socket.Connect(new IPEndPoint(IPAddress.Parse(address.Host), address.Port));
    }

    /// <summary>Sends a request, receives the whole answer and returns its status.</summary>
    /// <exception cref="IOException">The server hung up or answered without a length.</exception>
    public int Send(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[socket.Send(request)..];
        }

        int length = 0;
        int end = -1;
        while (end < 0)
        {
            length += Receive(length);
            end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }

        int total = end + 4 + ContentLength(buffer.AsSpan(0, end));
        while (length < total)
        {
            length += Receive(length);
        }

        return ((buffer[9] - '0') * 100) + ((buffer[10] - '0') * 10) + (buffer[11] - '0');
    }

    public void Dispose() => socket.Dispose();

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "Content-Length: "u8;
        int at = head.IndexOf(name);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw new IOException("an answer without a length: " + Encoding.ASCII.GetString(head));
    }

    private int Receive(int from)
    {
        if (from == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int received = socket.Receive(buffer.AsSpan(from));
        return received > 0 ? received : throw new IOException("the server hung up");
    }
}
