namespace Millrace.Data.Json;

/// <summary>Columns one behind the other that are written field by field, or taken at once from another encoder's text.
/// </summary>
/// <param name="First">The first column.</param>
/// <param name="End">The one behind the last.</param>
/// <param name="TakenFrom">Which column the first is of the other encoder, where all of them stand together too; -1 to
/// write them.</param>
internal readonly record struct FieldRun(int First, int End, int TakenFrom);
