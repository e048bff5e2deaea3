using Millrace.Hosting.Deployments;

namespace Millrace.Cli.Running;

/// <summary>What <c>millrace up</c> was asked for.</summary>
internal sealed record UpOptions(
    string DataFolder, string Host, int Port, bool IsPageCacheEnough, int Workers, DemoOptions? Demo)
{
    /// <summary>The files that the project is compiled from.</summary>
    public required ProjectSources Sources { get; init; }

    /// <summary>Whether a change of the project over existing data needs no more asking.</summary>
    public bool Yes { get; init; }

    /// <summary>Whether topics of models that are gone are removed.</summary>
    public bool Prune { get; init; }
}

/// <summary>The generated shop: events per second, seconds of event time per second, and its seed.</summary>
internal sealed record DemoOptions(int Rate, double Speed, ulong Seed);
