using Millrace.Hosting.Collecting;
using Millrace.Hosting.Meters;
using Millrace.Projects;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Running;

/// <summary>
/// The way of a source's records into the log. It stays valid for requests under way when the project is replaced.
/// </summary>
internal sealed record SourceIntake(Collector Collector, TopicLog Topic, SourceMeter Meter)
{
    public CompiledSource Source => Collector.Source;
}
