using System.Net.Http.Headers;
using Millrace.Projects;

namespace Millrace.Quality.Alerts;

/// <summary>How sending an alert ended.</summary>
/// <param name="Sent">Whether the receiver took it.</param>
/// <param name="Problem">Why not, without the address, which is a secret.</param>
public readonly record struct AlertOutcome(bool Sent, string? Problem);

/// <summary>
/// Posts alerts over HTTP. A server's error or a broken connection is tried again, three times in all with growing
/// pauses; a refusal (4xx) is final. The address is a secret: it is never logged and never part of a message.
/// Thread-safe.
/// </summary>
public sealed class AlertSender : IDisposable
{
    private const int Attempts = 3;
    private readonly HttpClient client;
    private readonly TimeProvider time;

    public AlertSender(TimeProvider time)
    {
        this.time = time;
        client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
    }

    public async Task<AlertOutcome> SendAsync(AlertDefinition definition, Alert alert, CancellationToken cancel)
    {
        if (definition.Webhook.Value is not { } address)
        {
            return new(false, $"{string.Join(", ", definition.Webhook.MissingVariables)} is not set");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            return new(false, "the webhook is not an http or https address");
        }

        byte[] body = AlertText.Render(definition, alert);
        AlertOutcome outcome = default;
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            (outcome, bool isFinal) = await TryPostAsync(uri, body, cancel).ConfigureAwait(false);
            if (isFinal || attempt == Attempts)
            {
                break;
            }

            await Task.Delay(TimeSpan.FromSeconds(attempt * attempt), time, cancel).ConfigureAwait(false);
        }

        return outcome;
    }

    public void Dispose() => client.Dispose();

    private async Task<(AlertOutcome Outcome, bool IsFinal)> TryPostAsync(
        Uri uri, byte[] body, CancellationToken cancel)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        try
        {
            using HttpResponseMessage response = await client.PostAsync(uri, content, cancel).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            return status < 300
                ? (new(true, null), true)
                : (new(false, $"the receiver answered {status}"), status < 500 && status != 429);
        }
        catch (HttpRequestException fault)
        {
            return (new(false, $"the receiver could not be reached ({fault.HttpRequestError})"), false);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (new(false, "the receiver did not answer in 10 s"), false);
        }
    }
}
