namespace Millrace.Cli.Running;

/// <summary>What <c>millrace up</c> was asked for.</summary>
internal sealed record UpOptions(
    string DataFolder, string Host, int Port, bool IsPageCacheEnough, int Workers, DemoOptions? Demo);

/// <summary>The generated shop: events per second, seconds of event time per second, and its seed.</summary>
internal sealed record DemoOptions(int Rate, double Speed, ulong Seed);
