using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millrace.Hosting;
using Millrace.Hosting.Collecting;
using Millrace.Hosting.Replaying;
using Millrace.Serving.Collecting;
using Millrace.Serving.Http;

namespace Millrace.Serving.Topics;

/// <summary>
/// <c>POST /v1/replays</c>: posts bad records again that can be read by now, or what the body gives in their place;
/// each row once, however often it is asked.
/// </summary>
internal sealed class ReplayHandler(MillraceRuntime runtime, ServerOptions options, Refusals refusals)
{
    public static readonly IReadOnlyDictionary<int, string> Statuses = new Dictionary<int, string>
    {
        [400] = "the query or a line of the body does not fit",
        [404] = "the topic holds no bad records of a source",
        [409] = "it can not be known any more which rows were posted before",
        [413] = "the body is too long",
        [429] = "too much waits for the disk: come again after Retry-After",
        [503] = "memory or disk are nearly full, or it stops or met a fault: come again after Retry-After",
    };

    public async Task Post(HttpContext context, RouteValues values)
    {
        (ReplayRequest? request, string? problem) = ReplayParameters.Read(context.Request.Query);
        if (request is null)
        {
            await ErrorResponse.Write(context, 400, "bad_query", problem!).ConfigureAwait(false);
            return;
        }

        using RequestBody? body =
            await RequestBody.ReadOrRefuseAsync(context, options.MaxBodyBytes).ConfigureAwait(false);
        if (body is not { } read)
        {
            return;
        }

        ReplayAnswer answer;
        try
        {
            answer = await runtime.ReplayAsync(request with { Mended = MendedRecords.Read(read.Bytes) })
                .ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            await ErrorResponse.Write(context, 400, "bad_body", e.Message).ConfigureAwait(false);
            return;
        }

        await Answer(context, request, answer).ConfigureAwait(false);
    }

    private Task Answer(HttpContext context, ReplayRequest request, ReplayAnswer answer) =>
        answer.Outcome switch
        {
            ReplayOutcome.NotReplayable => ErrorResponse.Write(context, 404, "not_replayable", answer.Problem!),
            ReplayOutcome.Forgotten => ErrorResponse.Write(context, 409, "forgotten", answer.Problem!),
            ReplayOutcome.Refused => refusals.Write(context, answer.Refusal),
            _ => JsonResponse.Write(context, json => Write(json, request, answer)),
        };

    private static void Write(Utf8JsonWriter json, ReplayRequest request, ReplayAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("from", request.From);
        json.WriteBoolean("dry_run", request.IsDryRun);
        json.WriteNumber("posted", answer.Posted);
        json.WriteNumber("still_bad", answer.StillBad);
        json.WriteNumber("posted_before", answer.Before);
        json.WriteNumber("rebuilt", answer.Rebuilt);
        json.WriteStartArray("rebuilt_without");
        foreach (string model in answer.RebuiltWithout)
        {
            json.WriteStringValue(model);
        }

        json.WriteEndArray();
        json.WriteNumber("of_models", answer.OfModels);
        json.WriteNumber("next", answer.NextOffset);
        json.WriteBoolean("at_end", answer.IsAtEnd);
        json.WriteStartArray("examples");
        foreach (RejectedRecord example in answer.Examples)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", example.Index);
            json.WriteString("code", example.Code);
            json.WriteString("message", example.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
