using System.Text.Json;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;
using Millrace.Serving.Http;
using Xunit;

namespace Millrace.Serving.Tests;

/// <summary>Which route takes a request, and with what values.</summary>
public sealed class RouterTests
{
    private static readonly Router Router = new(
    [
        Route("GET", "/v1/models/{model}/{key}", 2),
        Route("GET", "/v1/models/{model}", 1),
        Route("POST", "/v1/sources/{source}/events", 1),
        Route("DELETE", "/v1/sources/{source}/{key}", 2),
        Route("GET", "/healthz", 0),
    ]);

    [Theory]
    [InlineData("/healthz", "/healthz")]
    [InlineData("/healthz?deep=1", "/healthz")]
    [InlineData("/v1/models/m", "/v1/models/{model}", "m")]
    [InlineData("/v1/models/m?limit=1/2", "/v1/models/{model}", "m")]
    [InlineData("/v1/models/m/k", "/v1/models/{model}/{key}", "m", "k")]
    [InlineData("/v1/models/m/", "/v1/models/{model}/{key}", "m", "")]
    [InlineData("/v1/models/m/a%2Fb", "/v1/models/{model}/{key}", "m", "a/b")]
    [InlineData("/v1/models/m/a%252Fb", "/v1/models/{model}/{key}", "m", "a%2Fb")]
    [InlineData("/v1/models/m/100%25", "/v1/models/{model}/{key}", "m", "100%")]
    [InlineData("/v1/models/m/a+b%20c", "/v1/models/{model}/{key}", "m", "a+b c")]
    [InlineData("/v1/models/m/%C3%BC%3F%23", "/v1/models/{model}/{key}", "m", "ü?#")]
    [InlineData("/v1/models/m/..", "/v1/models/{model}/{key}", "m", "..")]
    [InlineData("/v1/models/m/%zz", "/v1/models/{model}/{key}", "m", "%zz")]
    [InlineData("http://host:1/v1/models/m/k?x", "/v1/models/{model}/{key}", "m", "k")]
    public async Task A_path_has_a_route(string target, string template, params string[] values) =>
        Assert.Equal(template + "|" + string.Join('|', values), await Answer("GET", target));

    [Theory]
    [InlineData("/v1/sources/s/events", "POST", "/v1/sources/{source}/events|s")]
    [InlineData("/v1/sources/s/events", "DELETE", "/v1/sources/{source}/{key}|s|events")]
    public async Task Methods_share_paths(string target, string method, string answer) =>
        Assert.Equal(answer, await Answer(method, target));

    [Property(MaxTest = 200)]
    public bool Any_key_comes_through(string? key)
    {
        string text = new([.. (key ?? "").Where(c => !char.IsSurrogate(c))]);
        string answer = Answer("GET", "/v1/models/m/" + Uri.EscapeDataString(text)).GetAwaiter().GetResult();
        return answer == "/v1/models/{model}/{key}|m|" + text;
    }

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("/healthz/")]
    [InlineData("/HEALTHZ")]
    [InlineData("/v1/models")]
    [InlineData("/v1/models/m/k/more")]
    [InlineData("http://host:1")]
    public async Task An_unknown_path_is_404(string target)
    {
        DefaultHttpContext context = Requests.Of("GET", target);
        await Router.Handle(context);

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Equal("not_found", CodeOf(await Requests.AnswerOf(context)));
    }

    [Theory]
    [InlineData("/healthz", "GET")]
    [InlineData("/v1/sources/s/events", "POST, DELETE")]
    public async Task Another_method_is_405_and_told_which(string target, string allowed)
    {
        DefaultHttpContext context = Requests.Of("PATCH", target);
        await Router.Handle(context);

        Assert.Equal((405, allowed), (context.Response.StatusCode, context.Response.Headers.Allow.ToString()));
        Assert.Equal("method_not_allowed", CodeOf(await Requests.AnswerOf(context)));
    }

    private static Route Route(string method, string template, int values) =>
        new(method, template, "s", (context, found) => context.Response.WriteAsync(template + "|" + (values switch
        {
            0 => "",
            1 => found.First,
            _ => found.First + "|" + found.Second,
        })));

    private static async Task<string> Answer(string method, string target)
    {
        DefaultHttpContext context = Requests.Of(method, target);
        await Router.Handle(context);
        return await Requests.AnswerOf(context);
    }

    private static string? CodeOf(string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("error").GetProperty("code").GetString();
    }
}
