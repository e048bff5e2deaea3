using System.Globalization;
using Microsoft.AspNetCore.Http;
using Millrace.Hosting;
using Millrace.Hosting.Collecting;
using Millrace.Hosting.Running;
using Millrace.Projects;
using Millrace.Serving.Http;

namespace Millrace.Serving.Collecting;

/// <summary>
/// <c>POST /v1/sources/{source}/events</c>: one JSON object, an array of them, or NDJSON; answered when durable, with
/// what was rejected and why. <c>POST /v1/events</c> is the same for the only source of events. <c>DELETE
/// /v1/sources/{source}/{key}</c> deletes a key of a versioned source.
/// </summary>
internal sealed class CollectHandler(
    MillraceRuntime runtime, CompiledProject project, ServerOptions options, Refusals refusals)
{
    private static readonly string[] Accepted =
        ["application/json", "application/x-ndjson", "application/ndjson", "text/plain"];

    public static readonly IReadOnlyDictionary<string, string> Query = new Dictionary<string, string>
    {
        ["timestamp"] = "of a versioned source: the time from which the rows hold, in milliseconds since the epoch; "
            + "now unless said, 0 for a catalogue that holds for all events",
    };

    public static readonly IReadOnlyDictionary<int, string> Statuses = new Dictionary<int, string>
    {
        [400] = "the body is empty, or the source's keys can not be deleted",
        [404] = "no such source",
        [413] = "the body or a record is too long",
        [415] = "the body is neither JSON nor NDJSON",
        [429] = "too much waits for the disk: come again after Retry-After",
        [503] = "memory or disk are nearly full, or it stops or met a fault: come again after Retry-After",
    };

    public Task Post(HttpContext context, RouteValues values) => Collect(context, values.First);

    /// <summary>The source of events, where the project has one only.</summary>
    public CompiledSource? OnlySource => EventSources.Count() == 1 ? EventSources.First() : null;

    private IEnumerable<CompiledSource> EventSources => project.Sources.Where(s => !s.IsVersionedOnly);

    public Task PostToOnlySource(HttpContext context, RouteValues values) => OnlySource is { } source
        ? Collect(context, source.Name)
        : ErrorResponse.Write(context, 404, "which_source", WhichSource());

    private string TooLong() => string.Create(
        CultureInfo.InvariantCulture, $"a record is longer than {runtime.MaxRecordBytes:N0} bytes; nothing was taken");

    private string WhichSource()
    {
        string[] names = [.. EventSources.Select(s => s.Name)];
        return names.Length == 0
            ? "the project has no source of events: its sources have versions, see /v1/sources/{source}/events"
            : $"the project has {names.Length} sources of events, {string.Join(", ", names)}; "
                + "use /v1/sources/{source}/events";
    }

    public async Task Delete(HttpContext context, RouteValues values)
    {
        AppendResult result = await runtime.AppendTombstoneAsync(values.First, values.Second).ConfigureAwait(false);
        await Answer(context, values.First, result).ConfigureAwait(false);
    }

    private async Task Collect(HttpContext context, string source)
    {
        if (!IsAccepted(context.Request))
        {
            await ErrorResponse.Write(context, 415, "unsupported_media_type",
                "send application/json or application/x-ndjson, not encoded").ConfigureAwait(false);
            return;
        }

        if (!TryReadTimestamp(context.Request, source, out long? timestampMs))
        {
            await ErrorResponse.Write(context, 400, "bad_timestamp",
                "timestamp is milliseconds since the epoch, for a versioned source only").ConfigureAwait(false);
            return;
        }

        using RequestBody? body =
            await RequestBody.ReadOrRefuseAsync(context, options.MaxBodyBytes).ConfigureAwait(false);
        if (body is not { } read)
        {
            return;
        }

        AppendResult result = await runtime.AppendAsync(source, read.Bytes, timestampMs).ConfigureAwait(false);
        await Answer(context, source, result).ConfigureAwait(false);
    }

    /// <summary>The time from which the posted versions hold; now when it is not said.</summary>
    private bool TryReadTimestamp(HttpRequest request, string source, out long? timestampMs)
    {
        timestampMs = null;
        string text = request.Query["timestamp"].ToString();
        if (text.Length == 0)
        {
            return true;
        }

        bool isTime = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        timestampMs = value;
        return isTime && project.FindSource(source) is not { IsVersioned: false };
    }

    private static bool IsAccepted(HttpRequest request)
    {
        ReadOnlySpan<char> type = request.ContentType;
        int parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return false;
        }

        foreach (string accepted in Accepted)
        {
            if (type.Equals(accepted, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        // What curl -d sends without being told.
        return type.IsEmpty || type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
    }

    private Task Answer(HttpContext context, string source, AppendResult result) => result.Outcome switch
    {
        AppendOutcome.Committed when result.Accepted == 0 && result.Rejected.Count == 0 =>
            ErrorResponse.Write(context, 400, "empty", "the body holds no record"),
        AppendOutcome.Committed => JsonResponse.Write(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("accepted"u8, result.Accepted);
            json.WriteStartArray("rejected"u8);
            foreach (RejectedRecord rejected in result.Rejected)
            {
                json.WriteStartObject();
                json.WriteNumber("index"u8, rejected.Index);
                json.WriteString("code"u8, rejected.Code);
                json.WriteString("message"u8, rejected.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }),
        AppendOutcome.UnknownSource => ErrorResponse.Write(context, 404, "unknown_source",
            $"there is no source {source}; there are: {string.Join(", ", project.Sources.Select(s => s.Name))}"),
        AppendOutcome.NotVersioned => ErrorResponse.Write(
            context, 400, "not_versioned", $"{source} is no versioned table with such a key: nothing to delete"),
        AppendOutcome.RecordTooLarge => ErrorResponse.Write(context, 413, "record_too_large", TooLong()),
        _ => refusals.Write(context, result.Outcome),
    };
}
