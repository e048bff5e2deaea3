namespace Millrace.Serving.Http;

/// <summary>The values of a route's parameters, unescaped, in order of the path.</summary>
internal readonly struct RouteValues(string? first, string? second)
{
    /// <summary>The first parameter of the path.</summary>
    public string First => first ?? throw new InvalidOperationException("the route has no parameter");

    /// <summary>The second parameter of the path.</summary>
    public string Second => second ?? throw new InvalidOperationException("the route has one parameter only");
}
