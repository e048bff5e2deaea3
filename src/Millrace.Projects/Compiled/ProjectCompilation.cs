using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What compiling a project gave.</summary>
/// <param name="Project">The project, or null when there are errors.</param>
/// <param name="Diagnostics">All mistakes and warnings, ordered by file and position.</param>
public sealed record ProjectCompilation(CompiledProject? Project, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The first mistake, where it stands and what it is; null when there is none.</summary>
    public string? Problem => Diagnostics.FirstOrDefault(d => d.IsError) is { } first
        ? $"{(first.Location is null ? "" : $"{first.Location}: ")}{first.Message}"
        : null;
}
