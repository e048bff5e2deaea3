using System.Text.Json;
using Millrace.Data;

namespace Millrace.Conformance.Answers;

/// <summary>What Millrace answered to one question.</summary>
public abstract record Answer;

/// <summary>A construct that the dialect does not have (yet), said by a diagnostic or known of the case's
/// tables.</summary>
public sealed record NotSupported(string Reason) : Answer;

/// <summary>The compiler refused.</summary>
public sealed record Refused(string Diagnostic) : Answer;

/// <summary>The compiler or the engine threw: a bug, whatever was asked.</summary>
public sealed record Crashed(string Exception) : Answer;

/// <summary>The engine ran.</summary>
/// <param name="Columns">Name and type of the result's columns.</param>
/// <param name="Rows">The rows in order of emission, values in order of the columns.</param>
/// <param name="Lines">The rows as they stand in the topic.</param>
/// <param name="IsUpdating">Whether rows were taken back.</param>
/// <param name="Bad">Reasons of the bad records.</param>
public sealed record Ran(
    IReadOnlyList<SchemaColumn> Columns,
    IReadOnlyList<IReadOnlyList<JsonElement>> Rows,
    IReadOnlyList<string> Lines,
    bool IsUpdating,
    IReadOnlyList<string> Bad) : Answer;
