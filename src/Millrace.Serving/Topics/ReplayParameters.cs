using System.Globalization;
using Microsoft.AspNetCore.Http;
using Millrace.Hosting.Replaying;

namespace Millrace.Serving.Topics;

/// <summary>The query string of <c>POST /v1/replays</c>.</summary>
internal static class ReplayParameters
{
    private const int MaxLimit = 100_000;

    public static readonly IReadOnlyDictionary<string, string> Described = new Dictionary<string, string>
    {
        ["from"] = "the topic whose records are posted again, as clickstream$bad",
        ["since"] = "an offset of that topic, or the time at which a record came (ISO 8601); all unless said",
        ["limit"] = $"rows that are looked at, 1 to {MaxLimit}; 10000 unless said",
        ["dry_run"] = "true: say only what would be done",
        ["again"] = "true: post also what was posted before",
    };

    /// <summary>The request, or what is wrong with it.</summary>
    public static (ReplayRequest? Request, string? Problem) Read(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(k => !Described.ContainsKey(k)) is { } unknown)
        {
            return (null, $"there is no parameter {unknown}; there are: {string.Join(", ", Described.Keys)}");
        }

        ReplayRequest request = new(query["from"].ToString());
        if (request.From.Length == 0)
        {
            return (null, "from= names the topic, as in from=clickstream$bad");
        }

        if (!TryFlag(query, "dry_run", out bool isDryRun) || !TryFlag(query, "again", out bool isAgain))
        {
            return (null, "dry_run and again are true or false");
        }

        if (!TryLimit(query["limit"].ToString(), request.Limit, out int limit))
        {
            return (null, $"limit is one of 1 to {MaxLimit}");
        }

        request = request with { IsDryRun = isDryRun, IsAgain = isAgain, Limit = limit };
        return Since(request, query["since"].ToString()) is { } whole
            ? (whole, null)
            : (null, "since is an offset, or a time such as 2026-01-31T10:00:00Z");
    }

    private static ReplayRequest? Since(ReplayRequest request, string text)
    {
        if (text.Length == 0)
        {
            return request;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
        {
            return request with { SinceOffset = offset };
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? request with { SinceMs = time.ToUnixTimeMilliseconds() }
            : null;
    }

    private static bool TryLimit(string text, int unsaid, out int limit)
    {
        limit = unsaid;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit is >= 1 and <= MaxLimit);
    }

    private static bool TryFlag(IQueryCollection query, string name, out bool value)
    {
        string text = query[name].ToString();
        value = text == "true";
        return text is "" or "true" or "false";
    }
}
