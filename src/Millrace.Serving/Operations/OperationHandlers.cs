using Microsoft.AspNetCore.Http;
using Millrace.Hosting;
using Millrace.Quality;
using Millrace.Quality.Continuous;
using Millrace.Serving.Collecting;
using Millrace.Serving.Exposures;
using Millrace.Serving.Http;

namespace Millrace.Serving.Operations;

/// <summary>What operators ask: is it alive, is it ready, how is it, and do the declared tests pass.</summary>
internal sealed class OperationHandlers(
    MillraceRuntime runtime, ContinuousMonitor monitor, TestRunner tests, IReadOnlyList<ExposureMeter> exposures,
    Refusals refusals)
{
    /// <summary>200 as long as the process answers at all.</summary>
    public Task Healthz(HttpContext context, RouteValues values) =>
        JsonResponse.Write(context, "{\"alive\":true}"u8, "application/json");

    /// <summary>200 when every read is answered; 503 while the log is replayed or after a fault.</summary>
    public Task Readyz(HttpContext context, RouteValues values)
    {
        RuntimeState state = runtime.State;
        return state == RuntimeState.Running
            ? JsonResponse.Write(context, "{\"ready\":true}"u8, "application/json")
            : ErrorResponse.Write(
                context, 503, "not_ready", $"the runtime is {state.ToString().ToLowerInvariant()}", 1);
    }

    public Task Status(HttpContext context, RouteValues values)
    {
        OperationalReading reading = Read();
        return JsonResponse.Write(context, json => StatusJson.Write(json, reading));
    }

    public Task Metrics(HttpContext context, RouteValues values) =>
        JsonResponse.Write(context, MetricsText.Write(Read()), "text/plain; version=0.0.4; charset=utf-8");

    /// <summary>Runs the declared schema and sample tests over what the topics hold now.</summary>
    public async Task Tests(HttpContext context, RouteValues values)
    {
        IReadOnlyList<TestResult> results = await Task.Run(tests.Run, context.RequestAborted).ConfigureAwait(false);
        await JsonResponse.Write(context, json => TestResult.Write(json, results)).ConfigureAwait(false);
    }

    private OperationalReading Read() => new(
        runtime.Project.Name, runtime.GetStatus(), monitor.Conditions, exposures, refusals.Counts, runtime.Topics());
}
