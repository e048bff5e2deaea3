using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What compiling a project gave.</summary>
/// <param name="Project">The project, or null when there are errors.</param>
/// <param name="Diagnostics">All mistakes and warnings, ordered by file and position.</param>
public sealed record ProjectCompilation(CompiledProject? Project, IReadOnlyList<Diagnostic> Diagnostics);
