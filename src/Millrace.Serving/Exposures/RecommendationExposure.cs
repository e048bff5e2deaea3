using System.Globalization;
using Microsoft.AspNetCore.Http;
using Millrace.Hosting;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Recommendations;
using Millrace.Serving.Http;
using Millrace.Serving.Models;

namespace Millrace.Serving.Exposures;

/// <summary>
/// An exposure of <c>type: ml_inference</c> with a model that ranks: <c>GET
/// /v1/exposures/{exposure}?session_id=..&amp;limit=..</c> gives the top items of the newest windows, open ones
/// included, those of the session's categories first, without what the session bought or has in view. <c>fallback</c>
/// says what the answer had to do without; it is null when the session was used.
/// </summary>
internal sealed class RecommendationExposure(
    MillraceRuntime runtime, ExposureDefinition exposure, RecommendationRoles roles, TimeProvider time)
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 100;

    private readonly RankingCache rankings = new(runtime, roles, time);
    private readonly SessionReader sessions = new(runtime, roles);

    public static readonly IReadOnlyDictionary<string, string> Query = new Dictionary<string, string>
    {
        ["session_id"] = "the visitor's session; without it the shop's most popular items",
        ["limit"] = "how many items, 1 to 100; 10 unless said",
    };

    public async Task Get(HttpContext context, RouteValues values)
    {
        string limitText = context.Request.Query["limit"].ToString();
        int limit = DefaultLimit;
        if (limitText.Length > 0
            && !(int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit is >= 1 and <= MaxLimit))
        {
            await ErrorResponse.Write(context, 400, "bad_query", $"limit is {limitText}; it must be 1 to {MaxLimit}")
                .ConfigureAwait(false);
            return;
        }

        (PopularityRanking? ranking, ViewAnswer? problem) = await rankings.GetAsync().ConfigureAwait(false);
        string? session = context.Request.Query["session_id"] is [{ Length: > 0 } id] ? id : null;
        SessionProfile? profile = SessionProfile.Unknown;
        if (problem is null && session is not null)
        {
            (profile, problem) = await sessions.ReadAsync(session).ConfigureAwait(false);
        }

        if (problem is not null)
        {
            await AnswerWriter.WriteProblem(context, exposure.Name, problem).ConfigureAwait(false);
            return;
        }

        await Write(context, session, FallbackOf(ranking!, session, profile!), ranking!.For(profile!, limit))
            .ConfigureAwait(false);
    }

    private string? FallbackOf(PopularityRanking ranking, string? session, SessionProfile profile) =>
        ranking.Count == 0 ? "nothing_ranked_yet"
        : session is null ? "no_session"
        : roles.SessionModel is null ? "no_session_model"
        : profile.Categories.Count == 0 ? "no_browsed_categories"
        : null;

    private Task Write(HttpContext context, string? session, string? fallback, IReadOnlyList<Recommendation> items) =>
        JsonResponse.Write(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("exposure"u8, exposure.Name);
            json.WriteString("session_id"u8, session);
            json.WriteString("fallback"u8, fallback);
            json.WriteStartArray("items"u8);
            foreach (Recommendation item in items)
            {
                json.WriteStartObject();
                json.WriteString(roles.ItemColumn, item.Item);
                json.WriteString(roles.CategoryColumn ?? "category", item.Category);
                json.WriteNumber("score"u8, item.Score);
                json.WriteString(
                    "reason"u8, item.Reason == Reason.BrowsedCategory ? "browsed_category"u8 : "popular"u8);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
}
