using Microsoft.AspNetCore.Http;

namespace Millrace.Serving.Http;

/// <summary>
/// One route of the API: a method and a path whose <c>{name}</c> segments are parameters. The same record routes
/// requests and writes the OpenAPI document, so that no route is undocumented.
/// </summary>
/// <param name="Method">GET, POST or DELETE.</param>
/// <param name="Template">The path, starting with a slash.</param>
/// <param name="Summary">One line for the OpenAPI document.</param>
/// <param name="Handle">Answers a request; parameters are in <see cref="RouteValues"/>.</param>
internal sealed record Route(
    string Method, string Template, string Summary, Func<HttpContext, RouteValues, Task> Handle)
{
    /// <summary>The path's segments, without the leading slash.</summary>
    public string[] Segments { get; } = Template.TrimStart('/').Split('/');

    /// <summary>Query parameters, name to description.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>Statuses beyond 200 and what they mean here.</summary>
    public IReadOnlyDictionary<int, string> Statuses { get; init; } = new Dictionary<int, string>();

    /// <summary>The records that its body holds; null when it has none.</summary>
    public PostedRecords? Body { get; init; }

    public static bool IsParameter(string segment) => segment.Length > 2 && segment[0] == '{';
}
