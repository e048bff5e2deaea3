using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millrace.Hosting.Views;
using Millrace.Serving.Http;

namespace Millrace.Serving.Models;

/// <summary>Writes rows as the API shows them, and says no where a question has no answer.</summary>
internal static class AnswerWriter
{
    /// <summary>
    /// An array of <c>{"state": "live"|"final", "row": {..}}</c>. The row's bytes are the topic's own, numbers as
    /// Flink writes them.
    /// </summary>
    public static void WriteRows(Utf8JsonWriter json, IEnumerable<ViewRow> rows)
    {
        json.WriteStartArray();
        foreach (ViewRow row in rows)
        {
            json.WriteStartObject();
            json.WriteString("state"u8, row.IsLive ? "live"u8 : "final"u8);
            json.WritePropertyName("row"u8);
            json.WriteRawValue(row.Json.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Answers for a question that could not be answered.</summary>
    public static Task WriteProblem(HttpContext context, string model, ViewAnswer answer) => answer.Outcome switch
    {
        ViewOutcome.UnknownModel => ErrorResponse.Write(context, 404, "unknown_model", $"there is no model {model}"),
        ViewOutcome.BadQuery =>
            ErrorResponse.Write(context, 400, "bad_query", answer.Problem ?? "the query does not fit the model"),
        ViewOutcome.NotReady =>
            ErrorResponse.Write(context, 503, "recovering", "the log is being replayed; try again", 1),
        _ => ErrorResponse.Write(
            context, 503, "unavailable", answer.Problem ?? "the runtime has stopped; see /v1/status", 5),
    };
}
