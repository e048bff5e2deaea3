namespace Millrace.Serving;

/// <summary>How the HTTP server runs.</summary>
public sealed record ServerOptions
{
    /// <summary>
    /// The address to bind; loopback unless said, so that nothing outside the machine gets in by accident.
    /// </summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8420;

    /// <summary>Bytes of a posted body at most; more is 413.</summary>
    public long MaxBodyBytes { get; init; } = 8 << 20;

    /// <summary>Connections at once; more wait.</summary>
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>Takes what a handler's bug has to say; the client only learns that there was one.</summary>
    public Action<Exception> ReportBug { get; init; } = _ => { };

    /// <summary>The clock by which latencies are measured.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
