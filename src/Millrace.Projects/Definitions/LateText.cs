using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// A text that may name environment variables which nobody set. It is a mistake only when the text is needed, so the
/// reader of a
/// <see cref="LateText"/> decides: it either has the <see cref="Value"/>, or says which variables are missing.
/// </summary>
/// <param name="Value">The text, or null when a variable is missing.</param>
/// <param name="MissingVariables">Names of the unset variables; empty when there is a value.</param>
/// <param name="Location">Where it stands.</param>
public sealed record LateText(string? Value, IReadOnlyList<string> MissingVariables, Location Location);
