using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>A bound item of a SELECT list and the name of its column.</summary>
internal sealed record OutputColumn(string Name, Expression Expression);
