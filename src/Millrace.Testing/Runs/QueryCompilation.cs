using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql;
using Millrace.Testing.Tables;

namespace Millrace.Testing.Runs;

/// <summary>A compiled query of a test: a plan, or the diagnostics that stand in its way.</summary>
public sealed record QueryCompilation(PlanNode? Plan, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Compiles a query over a test's tables.</summary>
    public static QueryCompilation Of(string sql, IReadOnlyList<TestTable> tables)
    {
        SqlCompilation compilation = SqlCompiler.Compile(new SourceText("<query>", sql), new TableCatalog(tables));
        return new QueryCompilation(compilation.Plan, compilation.Diagnostics);
    }

    /// <summary>A type as SQL writes it; null when it is none, or one that values cannot have yet.</summary>
    public static SqlType? ParseType(string text) => SqlTypeCompiler.Compile(new SourceText("<type>", text)).Type;
}
