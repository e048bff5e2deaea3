using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Millrace.Hosting;
using Millrace.Quality;
using Millrace.Quality.Continuous;
using Millrace.Serving.Collecting;
using Millrace.Serving.Http;

namespace Millrace.Serving;

/// <summary>
/// The HTTP server of a running project: collector, queries, exposures, status. Binds to loopback unless told
/// otherwise. Requests go straight from Kestrel to the router; nothing is logged per request.
/// </summary>
public sealed class MillraceServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ServerOptions options;
    private readonly Refusals refusals;
    private volatile Router router;

    private MillraceServer(WebApplication application, Refusals refusals, Router router, ServerOptions options)
    {
        this.application = application;
        this.refusals = refusals;
        this.router = router;
        this.options = options;
    }

    /// <summary>The address that is listened on, with the actual port: <c>http://127.0.0.1:8420</c>.</summary>
    public string Address =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Binds the port and answers from then on.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MillraceServer> StartAsync(
        MillraceRuntime runtime,
        ContinuousMonitor monitor,
        TestRunner tests,
        ServerOptions options,
        CancellationToken cancel)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        Refusals refusals = new(runtime);
        Router router = new ApiRoutes(runtime, monitor, tests, refusals, options).Router;
        MillraceServer server = new(application, refusals, router, options);
        application.Run(context => HandleAsync(server.router, context, options));
        try
        {
            await application.StartAsync(cancel).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Answers from now on as the project that runs now wants it: another one has taken the place of the one before.
    /// </summary>
    public void Renew(MillraceRuntime runtime, ContinuousMonitor monitor, TestRunner tests) =>
        router = new ApiRoutes(runtime, monitor, tests, refusals, options).Router;

    /// <summary>Takes no new requests and lets those under way finish.</summary>
    public Task StopAsync(CancellationToken cancel) => application.StopAsync(cancel);

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.MaxRequestLineSize = 8 << 10;
        kestrel.Listen(
            System.Net.IPAddress.Parse(options.Host), options.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    /// <summary>A bug in a handler is a 500 with no inner detail; a client that has gone is nobody's fault.</summary>
    private static async Task HandleAsync(Router router, HttpContext context, ServerOptions options)
    {
        try
        {
            await router.Handle(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            string code = problem.StatusCode == 413 ? "too_large" : "bad_request";
            await ErrorResponse.Write(context, problem.StatusCode, code, problem.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (MillraceRuntime.FaultOf(e) is not null && !context.Response.HasStarted)
        {
            await ErrorResponse.Write(context, 500, "fault", e.Message).ConfigureAwait(false);
        }
        catch (Exception bug) when (!context.Response.HasStarted)
        {
            options.ReportBug(bug);
            await ErrorResponse.Write(context, 500, "internal", "a bug in Millrace; please report what you asked")
                .ConfigureAwait(false);
        }
    }
}
