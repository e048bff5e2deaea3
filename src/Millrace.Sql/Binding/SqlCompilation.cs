using Millrace.Diagnostics;
using Millrace.Plans;

namespace Millrace.Sql;

/// <summary>What compiling a query gave. Immutable.</summary>
/// <param name="Plan">The bound query, or null when there are errors.</param>
/// <param name="Diagnostics">Mistakes in the order of the text.</param>
/// <param name="Demands">What the query needs of columns whose type nobody declared; also there when it has errors,
/// which the demands may cure.</param>
public sealed record SqlCompilation(
    PlanNode? Plan, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<TypeDemand> Demands);
