using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Millrace.Bench.Http;

/// <summary>
/// The reference: Kestrel, configured as Millrace's server is, that reads a body to its end, does nothing with it and
/// answers every request with the same JSON.
/// </summary>
internal sealed class PlainServer : IAsyncDisposable
{
    private const int AnswerBytes = 500;
    private readonly WebApplication application;

    private PlainServer(WebApplication application) => this.application = application;

    public Uri Address => new(application.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<PlainServer> StartAsync()
    {
        byte[] answer = [.. "{\"value\":\""u8, .. Enumerable.Repeat((byte)'x', AnswerBytes - 12), .. "\"}"u8];
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        application.Run(context => AnswerAsync(context, answer));
        await application.StartAsync().ConfigureAwait(false);
        return new PlainServer(application);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, byte[] answer)
    {
        if (context.Request.ContentLength > 0)
        {
            await context.Request.Body.CopyToAsync(Stream.Null).ConfigureAwait(false);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer).ConfigureAwait(false);
    }
}
