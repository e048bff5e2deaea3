using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>A declared column of a source, or what is said about a column of a model.</summary>
/// <param name="Name">Case-sensitive.</param>
/// <param name="Type">The declared type as written, or null: then its uses decide.</param>
/// <param name="Description">For people.</param>
/// <param name="Classification">How sensitive the values are: <c>public</c> .. <c>highly_sensitive</c>.</param>
/// <param name="Location">The name, in the file.</param>
internal sealed record ColumnDefinition(
    string Name, Said<string>? Type, string? Description, string? Classification, Location Location);
