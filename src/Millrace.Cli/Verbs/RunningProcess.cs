using System.Text.Json;
using Millrace.Quality;

namespace Millrace.Cli.Verbs;

/// <summary>Asks a running process over HTTP.</summary>
internal static class RunningProcess
{
    /// <summary>Where <c>millrace up</c> serves unless told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8420";

    /// <summary>Its status, as it sends it.</summary>
    public static async Task<JsonDocument> StatusAsync(string url, CancellationToken cancel)
    {
        using HttpClient client = ClientOf(url);
        await using Stream body = await client.GetStreamAsync("v1/status", cancel).ConfigureAwait(false);
        return await JsonDocument.ParseAsync(body, cancellationToken: cancel).ConfigureAwait(false);
    }

    /// <summary>The results of its tests, run now.</summary>
    public static async Task<IReadOnlyList<TestResult>> TestAsync(string url, CancellationToken cancel)
    {
        using HttpClient client = ClientOf(url);
        using HttpResponseMessage response = await client.PostAsync("v1/tests", null, cancel).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using JsonDocument json = await JsonDocument.ParseAsync(body, cancellationToken: cancel).ConfigureAwait(false);
        return TestResult.Read(json.RootElement);
    }

    /// <summary>
    /// Whether a fault is the address's: nobody is there, it takes too long, or what answers is no Millrace.
    /// </summary>
    public static bool IsNoAnswer(Exception fault) => fault is HttpRequestException or TaskCanceledException
        or JsonException or InvalidOperationException or KeyNotFoundException or UriFormatException;

    /// <summary>That nobody answers, for a person; of a broken connection with what broke it.</summary>
    public static string NoAnswer(string url, Exception fault) => "no answer from " + url + ": "
        + (fault is HttpRequestException ? fault.GetBaseException() : fault).Message;

    private static HttpClient ClientOf(string url) =>
        new() { BaseAddress = new Uri(url.TrimEnd('/') + "/"), Timeout = TimeSpan.FromMinutes(5) };
}
