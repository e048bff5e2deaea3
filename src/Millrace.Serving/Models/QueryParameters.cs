using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Millrace.Hosting.Views;

namespace Millrace.Serving.Models;

/// <summary>
/// Reads a scan's query string. Reserved names: <c>order</c>, <c>desc</c>, <c>limit</c>, <c>state</c> (live, final),
/// <c>windows</c>; every other parameter is a filter on the column of that name.
/// </summary>
internal static class QueryParameters
{
    public const int MaxLimit = 10_000;

    /// <summary>The names that are not columns, with what they mean, for the OpenAPI document.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reserved = new Dictionary<string, string>
    {
        ["order"] = "column to order by",
        ["desc"] = "true for descending order",
        ["limit"] = "how many rows at most, up to 10000; 100 unless said",
        ["state"] = "live or final; both unless said",
        ["windows"] = "only rows of so many newest windows, open ones included",
    };

    /// <summary>The query, or what is wrong with the query string.</summary>
    public static (ViewQuery? Query, string? Problem) Read(IQueryCollection parameters)
    {
        ViewQuery query = new();
        List<ViewFilter> filters = [];
        foreach ((string name, StringValues values) in parameters)
        {
            string value = values.Count == 1 ? values[0] ?? "" : "";
            if (values.Count != 1)
            {
                return (null, $"{name} is given {values.Count} times");
            }

            (ViewQuery? next, string? problem) = Apply(query, filters, name, value);
            if (next is null)
            {
                return (null, problem);
            }

            query = next;
        }

        return (query with { Filters = filters }, null);
    }

    private static (ViewQuery? Query, string? Problem) Apply(
        ViewQuery query, List<ViewFilter> filters, string name, string value)
    {
        switch (name)
        {
            case "order":
                return (query with { OrderBy = value }, null);
            case "desc":
                return bool.TryParse(value, out bool descending)
                    ? (query with { Descending = descending }, null)
                    : (null, $"desc is {value}; it must be true or false");
            case "limit":
                return TryCount(value, MaxLimit, out int limit)
                    ? (query with { Limit = limit }, null)
                    : (null, $"limit is {value}; it must be 1 to {MaxLimit}");
            case "windows":
                return TryCount(value, 1000, out int windows)
                    ? (query with { NewestWindows = windows }, null)
                    : (null, $"windows is {value}; it must be 1 to 1000");
            case "state":
                return value switch
                {
                    "live" => (query with { Parts = ViewParts.LiveOnly }, null),
                    "final" => (query with { Parts = ViewParts.FinalOnly }, null),
                    _ => (null, $"state is {value}; it must be live or final"),
                };
            default:
                filters.Add(new ViewFilter(name, value));
                return (query, null);
        }
    }

    private static bool TryCount(string value, int max, out int count) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1 && count <= max;
}
