using Microsoft.AspNetCore.Http;
using Millrace.Hosting.Running;
using Millrace.Serving.Http;

namespace Millrace.Serving.Collecting;

/// <summary>How the collector says that it takes no records now, and when to come again.</summary>
internal static class Refusal
{
    public static Task Write(HttpContext context, AppendOutcome outcome) => outcome switch
    {
        AppendOutcome.QueueFull => ErrorResponse.Write(context, 429, "busy", "too much waits for the disk", 1),
        _ => ErrorResponse.Write(context, 503, "unavailable", "the runtime takes no events; see /v1/status", 5),
    };
}
