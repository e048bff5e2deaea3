using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Millrace.EndToEnd.Processes;

/// <summary>Takes what is posted to a Slack webhook, over real HTTP.</summary>
internal sealed class SlackReceiver : IAsyncDisposable
{
    private readonly WebApplication application;

    private SlackReceiver(WebApplication application)
    {
        this.application = application;
    }

    /// <summary>Method, path, content type and body of every request.</summary>
    public ConcurrentQueue<(string Method, string Path, string? Type, string Body)> Taken { get; } = [];

    public string Address =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<SlackReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        SlackReceiver receiver = new(builder.Build());
        receiver.application.Run(receiver.TakeAsync);
        await receiver.application.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        Taken.Enqueue((context.Request.Method, context.Request.Path, context.Request.ContentType, body));
        await context.Response.WriteAsync("ok");
    }
}
