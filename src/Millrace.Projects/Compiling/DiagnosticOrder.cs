using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>The order in which mistakes are told: by file and place; each once.</summary>
internal static class DiagnosticOrder
{
    public static IReadOnlyList<Diagnostic> Sort(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .OrderBy(d => d.Location?.Source.Name ?? "", StringComparer.Ordinal)
            .ThenBy(d => d.Location?.Span.Start ?? 0)
            .DistinctBy(d => (d.Code, d.Location, d.Message)),
    ];
}
