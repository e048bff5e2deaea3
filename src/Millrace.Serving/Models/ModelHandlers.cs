using Microsoft.AspNetCore.Http;
using Millrace.Hosting;
using Millrace.Hosting.Views;
using Millrace.Serving.Http;

namespace Millrace.Serving.Models;

/// <summary><c>GET /v1/models/{model}/{key}</c> and <c>GET /v1/models/{model}</c>: rows by key, and scans.</summary>
internal sealed class ModelHandlers(MillraceRuntime runtime)
{
    private const int RowsPerKey = 1000;

    public async Task ByKey(HttpContext context, RouteValues values)
    {
        (string model, string key) = (values.First, values.Second);
        ViewAnswer answer = await runtime.QueryAsync(model, new ViewQuery { Key = key, Limit = RowsPerKey })
            .ConfigureAwait(false);
        await Write(context, model, key, answer).ConfigureAwait(false);
    }

    public async Task Scan(HttpContext context, RouteValues values)
    {
        (ViewQuery? query, string? problem) = QueryParameters.Read(context.Request.Query);
        if (query is null)
        {
            await ErrorResponse.Write(context, 400, "bad_query", problem!).ConfigureAwait(false);
            return;
        }

        ViewAnswer answer = await runtime.QueryAsync(values.First, query).ConfigureAwait(false);
        await Write(context, values.First, null, answer).ConfigureAwait(false);
    }

    private static Task Write(HttpContext context, string model, string? key, ViewAnswer answer)
    {
        if (answer.Outcome != ViewOutcome.Answered)
        {
            return AnswerWriter.WriteProblem(context, model, answer);
        }

        return JsonResponse.Write(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("model"u8, model);
            if (key is not null)
            {
                json.WriteString("key"u8, key);
            }

            json.WriteNumber("position"u8, answer.Position);
            json.WriteBoolean("complete"u8, answer.IsComplete);
            json.WritePropertyName("rows"u8);
            AnswerWriter.WriteRows(json, answer.Rows);
            json.WriteEndObject();
        });
    }
}
