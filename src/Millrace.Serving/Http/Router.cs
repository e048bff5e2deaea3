using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Millrace.Serving.Http;

/// <summary>
/// Finds the route of a request. Fixed segments win over parameters; an unknown path is 404, a known one with another
/// method 405. Immutable; one instance serves all requests. Kept by hand because it is on the path of every lookup: a
/// dozen routes, two parameters at most, no allocation but the parameters themselves.
/// </summary>
internal sealed class Router
{
    private readonly Route[] routes;

    public Router(IEnumerable<Route> routes)
    {
        this.routes = [.. routes.OrderBy(r => r.Segments.Count(Route.IsParameter))];
    }

    /// <summary>The routes, those with fewer parameters first.</summary>
    public IReadOnlyList<Route> Routes => routes;

    public Task Handle(HttpContext context)
    {
        string path = RawPath(context);
        List<string>? allowed = null;
        foreach (Route route in routes)
        {
            if (!TryMatch(route, path, out RouteValues values))
            {
                continue;
            }

            if (HttpMethods.Equals(context.Request.Method, route.Method))
            {
                return route.Handle(context, values);
            }

            (allowed ??= []).Add(route.Method);
        }

        return allowed is null
            ? ErrorResponse.Write(
                context, 404, "not_found", $"there is nothing at {path}; GET /openapi.json lists what there is")
            : Refuse(context, path, allowed);
    }

    private static Task Refuse(HttpContext context, string path, List<string> allowed)
    {
        string methods = string.Join(", ", allowed);
        context.Response.Headers.Allow = methods;
        return ErrorResponse.Write(
            context, 405, "method_not_allowed", $"{context.Request.Method} is not for {path}; {methods} is");
    }

    /// <summary>
    /// The path as it came, so that each segment is unescaped exactly once, after it was cut out. A target may be a
    /// whole address (RFC 9112, 3.2.2): its path begins behind the authority.
    /// </summary>
    private static string RawPath(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int start = 0;
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is > 0 and int scheme)
        {
            start = target.IndexOf('/', scheme + 3);
            start = start < 0 ? target.Length : start;
        }

        int length = target.AsSpan(start).IndexOfAny('?', '#');
        return length < 0 ? target[start..] : target.Substring(start, length);
    }

    private static bool TryMatch(Route route, string path, out RouteValues values)
    {
        values = default;
        string? first = null;
        string? second = null;
        int at = 0;
        foreach (string segment in route.Segments)
        {
            if (at >= path.Length || path[at] != '/')
            {
                return false;
            }

            int end = path.IndexOf('/', at + 1);
            end = end < 0 ? path.Length : end;
            ReadOnlySpan<char> actual = path.AsSpan(at + 1, end - at - 1);
            if (!Route.IsParameter(segment))
            {
                if (!actual.SequenceEqual(segment))
                {
                    return false;
                }
            }
            else if (first is null)
            {
                first = Uri.UnescapeDataString(actual.ToString());
            }
            else
            {
                second = Uri.UnescapeDataString(actual.ToString());
            }

            at = end;
        }

        values = new RouteValues(first, second);
        return at == path.Length;
    }
}
