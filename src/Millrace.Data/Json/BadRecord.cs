namespace Millrace.Data.Json;

/// <summary>
/// A record that is no row: its index among those given, a code (<c>json.syntax</c>, <c>json.type</c>,
/// <c>json.null</c>,
/// <c>json.missing</c>, <c>json.limit</c>, <c>json.utf8</c>), the column that was being read if any, the byte offset
/// in the record, and a message that says it all.
/// </summary>
public readonly record struct BadRecord(int Record, string Code, string? Column, int Offset, string Message);
