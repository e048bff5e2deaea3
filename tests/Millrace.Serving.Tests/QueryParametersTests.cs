using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Millrace.Hosting.Views;
using Millrace.Serving.Models;
using Xunit;

namespace Millrace.Serving.Tests;

/// <summary>A scan's query string.</summary>
public sealed class QueryParametersTests
{
    [Fact]
    public void Nothing_is_the_default()
    {
        (ViewQuery? query, string? problem) = Read("");

        Assert.Null(problem);
        Assert.Equal((null, false, 100, null, ViewParts.LiveAndFinal),
            (query!.OrderBy, query.Descending, query.Limit, query.NewestWindows, query.Parts));
        Assert.Empty(query.Filters);
    }

    [Fact]
    public void Reserved_names_are_understood_and_others_are_filters()
    {
        const string text = "?order=score&desc=true&limit=7&windows=2&state=live&category=a%26b&empty=&x=1+2";
        ViewQuery query = Read(text).Query!;

        Assert.Equal(("score", true, 7, 2, ViewParts.LiveOnly),
            (query.OrderBy, query.Descending, query.Limit, query.NewestWindows, query.Parts));
        Assert.Equal([new("category", "a&b"), new("empty", ""), new("x", "1 2")], query.Filters);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=10001")]
    [InlineData("?limit=1e3")]
    [InlineData("?limit= 5")]
    [InlineData("?limit=99999999999")]
    [InlineData("?limit=")]
    [InlineData("?windows=0")]
    [InlineData("?windows=1001")]
    [InlineData("?desc=yes")]
    [InlineData("?state=open")]
    [InlineData("?limit=1&limit=1")]
    [InlineData("?category=a&category=b")]
    public void What_does_not_fit_is_named(string query)
    {
        (ViewQuery? read, string? problem) = Read(query);

        Assert.Null(read);
        string name = query[1..query.IndexOf('=', StringComparison.Ordinal)];
        Assert.StartsWith(name + " is ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=10000", 10000)]
    public void Bounds_are_included(string query, int limit) => Assert.Equal(limit, Read(query).Query!.Limit);

    private static (ViewQuery? Query, string? Problem) Read(string query) =>
        QueryParameters.Read(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
