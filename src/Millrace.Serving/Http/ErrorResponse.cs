using Microsoft.AspNetCore.Http;

namespace Millrace.Serving.Http;

/// <summary>
/// How the API says no: <c>{"error": {"code": "...", "message": "..."}}</c> with the fitting status; where a bound
/// stands in the way, also <c>"limit": {"name", "used", "limit"}</c>.
/// </summary>
internal static class ErrorResponse
{
    /// <summary>Answers with an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">A stable word for programs.</param>
    /// <param name="message">A sentence for people: what is wrong and what to do.</param>
    /// <param name="retryAfterSeconds">When to come again, where that helps.</param>
    /// <param name="limit">The bound that stands in the way, where one does.</param>
    public static Task Write(
        HttpContext context, int status, string code, string message, int? retryAfterSeconds = null,
        ReachedLimit? limit = null)
    {
        context.Response.StatusCode = status;
        if (retryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return JsonResponse.Write(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            if (limit is { } reached)
            {
                writer.WriteStartObject("limit");
                writer.WriteString("name", reached.Name);
                writer.WriteNumber("used", reached.Used);
                writer.WriteNumber("limit", reached.Limit);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }
}
