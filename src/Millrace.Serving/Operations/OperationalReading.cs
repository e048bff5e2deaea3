using Millrace.Hosting.Exporting;
using Millrace.Hosting.Status;
using Millrace.Quality.Continuous;
using Millrace.Serving.Exposures;

namespace Millrace.Serving.Operations;

/// <summary>All that status and metrics show, read at one moment.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Runtime">What the runtime does.</param>
/// <param name="Conditions">Freshness and continuous tests.</param>
/// <param name="Exposures">How their answers did.</param>
/// <param name="Refused">Requests to append that were refused, by the error's code.</param>
/// <param name="Topics">The offsets that the topics hold.</param>
internal sealed record OperationalReading(
    string Project,
    RuntimeStatus Runtime,
    IReadOnlyList<Condition> Conditions,
    IReadOnlyList<ExposureMeter> Exposures,
    IReadOnlyList<(string Code, long Count)> Refused,
    IReadOnlyList<TopicSummary> Topics);
