using Microsoft.AspNetCore.Http;
using Millrace.Hosting;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Serving.Http;
using Millrace.Serving.Models;

namespace Millrace.Serving.Exposures;

/// <summary>
/// An exposure of <c>type: api</c>: <c>GET /v1/exposures/{exposure}/{key}</c> gives, for each model that it consumes,
/// the live and final rows of a key, newest first. The personalization API of the example is one.
/// </summary>
internal sealed class KeyedExposure(MillraceRuntime runtime, ExposureDefinition exposure)
{
    private const int RowsPerModel = 50;

    public async Task Get(HttpContext context, RouteValues values)
    {
        string key = values.First;
        List<(string Model, ViewAnswer Answer)> answers = [];
        foreach (TableReference consumed in exposure.Consumes.Where(c => !c.IsSource))
        {
            ViewQuery query = new() { Key = key, Limit = RowsPerModel };
            ViewAnswer answer = await runtime.QueryAsync(consumed.Name, query).ConfigureAwait(false);
            if (answer.Outcome != ViewOutcome.Answered)
            {
                await AnswerWriter.WriteProblem(context, consumed.Name, answer).ConfigureAwait(false);
                return;
            }

            answers.Add((consumed.Name, answer));
        }

        await JsonResponse.Write(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("exposure"u8, exposure.Name);
            json.WriteString("key"u8, key);
            json.WriteBoolean("known"u8, answers.Exists(a => a.Answer.Rows.Count > 0));
            json.WriteStartObject("models"u8);
            foreach ((string model, ViewAnswer answer) in answers)
            {
                json.WritePropertyName(model);
                AnswerWriter.WriteRows(json, answer.Rows);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }
}
