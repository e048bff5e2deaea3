using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What kind of thing a consumer is; decides which API it gets.</summary>
public enum ExposureKind
{
    Api,
    MlInference,
    MlTraining,
    Application,
    Dashboard,
}

/// <summary>What an exposure promises to its users; null where it promises nothing.</summary>
/// <param name="LatencyP99Ms">Ninety-nine of a hundred answers come within this.</param>
/// <param name="AvailabilityPercent">Answers without a server's error, in percent of all.</param>
public sealed record SlaDefinition(double? LatencyP99Ms, double? AvailabilityPercent);

/// <summary>A declared consumer of models or sources.</summary>
/// <param name="Name">Unique among the exposures.</param>
/// <param name="Kind">Its <c>type:</c>.</param>
/// <param name="Description">For people.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Role"><c>consumer</c>, <c>producer</c> or <c>both</c>.</param>
/// <param name="ConsumerGroup">Kafka's consumer group, used when deployed.</param>
/// <param name="Consumes">The tables that it reads, in the order of the file.</param>
/// <param name="Produces">The tables that it writes.</param>
/// <param name="Sla">Its promises.</param>
/// <param name="Location">Its name, in the file.</param>
public sealed record ExposureDefinition(
    string Name,
    ExposureKind Kind,
    string? Description,
    string? Owner,
    string Role,
    string? ConsumerGroup,
    IReadOnlyList<TableReference> Consumes,
    IReadOnlyList<TableReference> Produces,
    SlaDefinition? Sla,
    Location Location);

/// <summary>A source or model named by a <c>ref:</c> or <c>source:</c>.</summary>
public sealed record TableReference(string Name, bool IsSource, Location Location);
