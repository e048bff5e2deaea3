using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Millrace.Cli.Running;

/// <summary>The process was reached and says no; the message is its own.</summary>
internal sealed class RefusedException(string message) : Exception(message);

/// <summary>Posts to a running process, and comes again when it is told to.</summary>
internal sealed class ReplayClient(string url) : IDisposable
{
    /// <summary>Rows that one request looks at.</summary>
    public const int Page = 10_000;

    private readonly HttpClient client =
        new() { BaseAddress = new Uri(url.TrimEnd('/') + "/"), Timeout = TimeSpan.FromMinutes(5) };

    /// <exception cref="RefusedException">It said no, or that it is busy again and again.</exception>
    public Task<JsonElement> PostAsync(string query, byte[] body, CancellationToken cancel) =>
        PostAsync("v1/replays?" + query, body, "application/x-ndjson", cancel);

    /// <summary>The answer's JSON.</summary>
    public async Task<JsonElement> PostAsync(string path, byte[] body, string type, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using HttpResponseMessage response =
                await client.PostAsync(path, content, cancel).ConfigureAwait(false);
            await using Stream stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            using JsonDocument json =
                await JsonDocument.ParseAsync(stream, cancellationToken: cancel).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return json.RootElement.Clone();
            }

            int attempts = response.StatusCode switch
            {
                HttpStatusCode.TooManyRequests => 60,
                HttpStatusCode.ServiceUnavailable => 5,
                _ => 1,
            };
            if (attempt >= attempts)
            {
                throw new RefusedException(
                    json.RootElement.GetProperty("error").GetProperty("message").GetString() ?? "refused");
            }

            TimeSpan pause = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            await Task.Delay(pause, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose() => client.Dispose();
}
