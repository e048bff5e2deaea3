using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Millrace.Serving.Tests;

/// <summary>Requests without a socket, and what was answered.</summary>
internal static class Requests
{
    public static DefaultHttpContext Of(string method, string target, PipeReader? body = null)
    {
        DefaultHttpContext context = new();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Request.Method = method;
        context.Response.Body = new MemoryStream();
        if (body is not null)
        {
            context.Features.Set<IRequestBodyPipeFeature>(new Body(body));
        }

        return context;
    }

    public static async Task<string> AnswerOf(HttpContext context)
    {
        await context.Response.BodyWriter.CompleteAsync();
        return Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
    }

    private sealed record Body(PipeReader Reader) : IRequestBodyPipeFeature;
}
