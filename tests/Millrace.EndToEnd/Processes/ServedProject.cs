using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Millrace.EndToEnd.Processes;

/// <summary>An answer over HTTP; its body as JSON where it is some.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Json, string Text, HttpResponseMessage Response)
{
    public string ErrorCode => (string?)Json?["error"]?["code"] ?? "";

    /// <summary>The rows of a model's answer.</summary>
    public IReadOnlyList<JsonNode> Rows => [.. Json!["rows"]!.AsArray().Select(r => r!)];

    public override string ToString() => $"{(int)Status} {Text}";
}

/// <summary><c>millrace up</c>, ready, on a free port; and a client of it.</summary>
internal sealed class ServedProject : IAsyncDisposable
{
    private const string ReadyMark = " is ready: ";

    private ServedProject(ChildProcess process, string address)
    {
        Process = process;
        Address = address;
        SocketsHttpHandler handler = new() { Expect100ContinueTimeout = Eventually.Limit };
        Client = new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = Eventually.Limit };
    }

    public ChildProcess Process { get; }

    public string Address { get; }

    public HttpClient Client { get; }

    public static Task<ServedProject> StartAsync(
        string project, string data, IReadOnlyDictionary<string, string>? environment = null) =>
        StartAsync([project, "--data", data, "--port", "0"], environment);

    /// <summary>Starts <c>up</c> with arguments of one's own.</summary>
    public static async Task<ServedProject> StartAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ChildProcess process = new(["up", .. arguments], environment);
        try
        {
            await Eventually.True(() => process.HasExited || AddressOf(process) is not null, "ready");
            string address = AddressOf(process)
                ?? throw new InvalidOperationException("it ended before it was ready:\n" + process.Printed);
            return new ServedProject(process, address);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> PostAsync(string path, string body, string type = "application/json") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = Text(body, type) });

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        HttpResponseMessage response = await Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        bool isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new Answer(response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, response);
    }

    /// <summary>Waits until the models have seen everything that is acknowledged.</summary>
    public Task CaughtUpAsync() => Eventually.Get(
        () => GetAsync("/v1/status"), s => (long)s.Json!["engine"]!["lag"]! == 0, "an engine without lag");

    public Task<Answer> RowsAsync(string path) => Eventually.Get(
        () => GetAsync(path), a => a.Status != HttpStatusCode.ServiceUnavailable, "an answer to " + path);

    /// <summary>SIGTERM; gives the exit code.</summary>
    public Task<int> TerminateAsync()
    {
        Process.Terminate();
        return Process.ExitAsync();
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return Process.DisposeAsync();
    }

    private static string? AddressOf(ChildProcess process) => process.Out
        .Where(l => l.Contains(ReadyMark, StringComparison.Ordinal))
        .Select(l => l[(l.IndexOf(ReadyMark, StringComparison.Ordinal) + ReadyMark.Length)..])
        .FirstOrDefault();

    private static ByteArrayContent Text(string body, string type)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
