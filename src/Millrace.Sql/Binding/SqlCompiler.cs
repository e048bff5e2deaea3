using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql.Binding;
using Millrace.Sql.Parsing;
using Millrace.Sql.Syntax;

namespace Millrace.Sql;

/// <summary>
/// Compiles the text of a query over named tables to a plan: parse, then bind. Never throws for what a user may
/// write; what is wrong, or not supported yet (codes MR03xx), is a diagnostic. Pure and thread-safe.
/// </summary>
public static class SqlCompiler
{
    public static SqlCompilation Compile(SourceText source, ITableCatalog catalog)
    {
        SqlSyntaxTree tree = SqlParser.Parse(source);
        if (tree.HasErrors)
        {
            return new SqlCompilation(null, tree.Diagnostics, []);
        }

        BindingContext context = new(tree, catalog);
        PlanNode? plan = new QueryBinder(context).BindRoot(tree.Root);
        return new SqlCompilation(
            context.Diagnostics.HasErrors ? null
                : plan, [.. tree.Diagnostics, .. context.Diagnostics.Items], context.Demands);
    }
}
