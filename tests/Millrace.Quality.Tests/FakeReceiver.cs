using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Millrace.Quality.Tests;

/// <summary>An HTTP server that answers with given statuses, one per request, and keeps the bodies.</summary>
internal sealed class FakeReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Queue<int> statuses;

    /// <param name="statuses">Answers in turn; the last one goes on.</param>
    public FakeReceiver(params int[] statuses)
    {
        this.statuses = new Queue<int>(statuses);
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public ConcurrentQueue<string> Bodies { get; } = [];

    public void Dispose() => ((IDisposable)listener).Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
                Bodies.Enqueue(await reader.ReadToEndAsync());
                context.Response.StatusCode = statuses.Count > 1 ? statuses.Dequeue() : statuses.Peek();
                context.Response.Close();
            }
        }
        catch (Exception end) when (end is ObjectDisposedException or HttpListenerException)
        {
            // Disposed: the test is over.
        }
    }
}
