using Microsoft.AspNetCore.Http;
using Millrace.Data;
using Millrace.Hosting;
using Millrace.Projects;
using Millrace.Quality;
using Millrace.Quality.Continuous;
using Millrace.Serving.Collecting;
using Millrace.Serving.Exposures;
using Millrace.Serving.Http;
using Millrace.Serving.Models;
using Millrace.Serving.OpenApi;
using Millrace.Serving.Operations;
using Millrace.Serving.Topics;

namespace Millrace.Serving;

/// <summary>All routes of a project's API: those that every project has, and one per exposure.</summary>
internal sealed class ApiRoutes
{
    private readonly MillraceRuntime runtime;
    private readonly ServerOptions options;
    private readonly List<ExposureMeter> meters = [];
    private readonly Refusals refusals;

    public ApiRoutes(
        MillraceRuntime runtime, ContinuousMonitor monitor, TestRunner tests, Refusals refusals, ServerOptions options)
    {
        this.runtime = runtime;
        this.options = options;
        this.refusals = refusals;
        List<Route> routes =
        [
            .. Collecting(), .. Reading(), .. ExposureRoutes(), .. TopicRoutes(), .. Operating(monitor, tests),
        ];
        routes.Add(new Route("GET", "/openapi.json", "This document", (context, _) => WriteOpenApi(context, routes)));
        Router = new Router(routes);
    }

    public Router Router { get; }

    private CompiledProject Project => runtime.Project;

    private IEnumerable<Route> Collecting()
    {
        CollectHandler handler = new(runtime, Project, options, refusals);
        yield return new Route(
            "POST", "/v1/sources/{source}/events", "Append records to a source; answered when durable", handler.Post)
        {
            Query = CollectHandler.Query,
            Body = new PostedRecords(null),
            Statuses = CollectHandler.Statuses,
        };
        yield return new Route(
            "POST", "/v1/events", "Append events to the project's only source of events", handler.PostToOnlySource)
        {
            Body = new PostedRecords(handler.OnlySource?.Name),
            Statuses = CollectHandler.Statuses,
        };
        yield return new Route(
            "DELETE", "/v1/sources/{source}/{key}", "Delete a key of a versioned source from now on", handler.Delete)
        {
            Statuses = CollectHandler.Statuses,
        };
    }

    private IEnumerable<Route> Reading()
    {
        ModelHandlers handlers = new(runtime);
        Dictionary<int, string> statuses =
            new() { [400] = "the query does not fit", [404] = "no such model", [503] = "not ready" };
        yield return new Route(
            "GET", "/v1/models/{model}/{key}", "Live and final rows of a key, newest first", handlers.ByKey)
        {
            Statuses = statuses,
        };
        yield return new Route(
            "GET", "/v1/models/{model}", "Scan a model: filter by column, order, limit", handlers.Scan)
        {
            Statuses = statuses,
            Query = QueryParameters.Reserved,
        };
    }

    private IEnumerable<Route> ExposureRoutes()
    {
        foreach (ExposureDefinition exposure in Project.Exposures)
        {
            string path = $"/v1/exposures/{exposure.Name}";
            string summary = exposure.Description?.Trim() ?? $"The exposure {exposure.Name}";
            ExposureMeter meter = new(exposure);
            if (exposure.Kind == ExposureKind.MlInference && RecommendationRoles.Of(Project, exposure) is { } roles)
            {
                RecommendationExposure handler = new(runtime, exposure, roles, options.Clock);
                yield return new Route(
                    "GET", path, summary, Metered(meter, handler.Get)) { Query = RecommendationExposure.Query };
            }
            else if (exposure.Consumes.Any(c => !c.IsSource))
            {
                KeyedExposure handler = new(runtime, exposure);
                yield return new Route("GET", path + "/{key}", summary, Metered(meter, handler.Get));
            }
            else
            {
                continue;
            }

            meters.Add(meter);
        }
    }

    private IEnumerable<Route> TopicRoutes()
    {
        TopicHandlers handlers = new(runtime);
        yield return new Route("GET", "/v1/topics", "The topics, and the offsets that they hold", handlers.List);
        yield return new Route(
            "GET", "/v1/topics/{topic}/records", "Records of a partition as they are in the log", handlers.Records)
        {
            Query = TopicHandlers.Query,
            Statuses = new Dictionary<int, string> { [400] = "the query does not fit", [404] = "no such partition" },
        };
        ReplayHandler replay = new(runtime, options, refusals);
        yield return new Route("POST", "/v1/replays", "Post bad records of a source again, each once", replay.Post)
        {
            Query = ReplayParameters.Described,
            Statuses = ReplayHandler.Statuses,
        };
    }

    private IEnumerable<Route> Operating(ContinuousMonitor monitor, TestRunner tests)
    {
        OperationHandlers handlers = new(runtime, monitor, tests, meters, refusals);
        yield return new Route("GET", "/healthz", "Whether the process is alive", handlers.Healthz);
        yield return new Route("GET", "/readyz", "Whether reads are answered", handlers.Readyz)
        {
            Statuses = new Dictionary<int, string> { [503] = "it recovers, or met a fault" },
        };
        yield return new Route("GET", "/metrics", "Prometheus metrics", handlers.Metrics);
        yield return new Route(
            "GET", "/v1/status", "Sources, models, conditions, exposures and the log", handlers.Status);
        yield return new Route("POST", "/v1/tests", "Run the project's schema and sample tests", handlers.Tests);
    }

    private Func<HttpContext, RouteValues, Task> Metered(
        ExposureMeter meter, Func<HttpContext, RouteValues, Task> handle) =>
        async (context, values) =>
        {
            long start = options.Clock.GetTimestamp();
            int status = 500;
            try
            {
                await handle(context, values).ConfigureAwait(false);
                status = context.Response.StatusCode;
            }
            finally
            {
                meter.Record(options.Clock.GetElapsedTime(start), status);
            }
        };

    private Task WriteOpenApi(HttpContext context, IReadOnlyList<Route> routes)
    {
        Dictionary<string, Schema> records = Project.Sources.ToDictionary(s => s.Name, s => s.Schema);
        Dictionary<string, Schema> rows = Project.Models.ToDictionary(m => m.Name, m => m.Schema);
        return JsonResponse.Write(context, json => OpenApiDocument.Write(json, Project.Name, routes, records, rows));
    }
}
