using System.Globalization;
using Microsoft.AspNetCore.Http;
using Millrace.Hosting;
using Millrace.Hosting.Exporting;
using Millrace.Serving.Http;

namespace Millrace.Serving.Topics;

/// <summary>
/// <c>GET /v1/topics</c> and <c>GET /v1/topics/{topic}/records</c>: what the log holds, record by record.
/// </summary>
internal sealed class TopicHandlers(MillraceRuntime runtime)
{
    private const int DefaultLimit = 100;

    public static readonly IReadOnlyDictionary<string, string> Query = new Dictionary<string, string>
    {
        ["partition"] = "its number, from 0; 0 unless said",
        ["offset"] = "where to begin; a negative one counts from the end; the first that is there unless said",
        ["limit"] = $"records at most, 1 to {TopicPage.MaxRecords}; {DefaultLimit} unless said",
    };

    public Task List(HttpContext context, RouteValues values)
    {
        IReadOnlyList<TopicSummary> topics = runtime.Topics();
        return JsonResponse.Write(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("topics");
            foreach (TopicSummary topic in topics)
            {
                json.WriteStartObject();
                json.WriteString("name", topic.Name);
                json.WriteStartArray("partitions");
                foreach ((long start, long end) in topic.Partitions)
                {
                    json.WriteStartObject();
                    json.WriteNumber("start", start);
                    json.WriteNumber("end", end);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Task Records(HttpContext context, RouteValues values)
    {
        if (!TryNumber(context, "partition", 0, 0, int.MaxValue, out long partition)
            || !TryNumber(context, "offset", 0, long.MinValue, long.MaxValue, out long offset)
            || !TryNumber(context, "limit", DefaultLimit, 1, TopicPage.MaxRecords, out long limit))
        {
            return ErrorResponse.Write(context, 400, "bad_query",
                $"partition and offset are whole numbers, limit is one of 1 to {TopicPage.MaxRecords}");
        }

        if (runtime.ReadTopic(values.First, (int)partition, offset, (int)limit) is { } page)
        {
            return JsonResponse.Write(context, page, "application/json; charset=utf-8");
        }

        IReadOnlyList<TopicSummary> topics = runtime.Topics();
        return ErrorResponse.Write(context, 404, "unknown_topic",
            topics.FirstOrDefault(t => t.Name == values.First) is { } topic
                ? $"{topic.Name} has {topic.Partitions.Count} partitions, from 0"
                : $"there is no topic {values.First}; there are: {string.Join(", ", topics.Select(t => t.Name))}");
    }

    private static bool TryNumber(
        HttpContext context, string name, long unsaid, long least, long most, out long number)
    {
        string text = context.Request.Query[name].ToString();
        number = unsaid;
        return text.Length == 0
            || (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
                && number >= least && number <= most);
    }
}
