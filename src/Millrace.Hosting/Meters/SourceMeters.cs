using System.Collections.Concurrent;

namespace Millrace.Hosting.Meters;

/// <summary>The meters of the sources, by name; each is made when first asked for. Thread-safe.</summary>
internal sealed class SourceMeters
{
    private readonly ConcurrentDictionary<string, SourceMeter> meters = new(StringComparer.Ordinal);

    public SourceMeter Of(string source) => meters.GetOrAdd(source, static _ => new SourceMeter());
}
