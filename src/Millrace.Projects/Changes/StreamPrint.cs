namespace Millrace.Projects;

/// <summary>What a node of a plan gives.</summary>
/// <param name="Rows">Which rows; the sources are the tables on whose rows it depends, with an empty column.</param>
/// <param name="Columns">What each column is; null for one that nobody needs.</param>
/// <param name="Progress">The table whose watermark goes with the rows.</param>
internal sealed record StreamPrint(Print Rows, Print?[] Columns, TablePrint Progress);
