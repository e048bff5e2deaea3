using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql;
using Millrace.Sql.Parsing;

namespace Millrace.Projects;

/// <summary>Compiles the models' SQL, and points what SQL's compiler says to the user's own files.</summary>
internal sealed class QueryCompiler
{
    private readonly Dictionary<string, TableDeclaration> declarations = new(StringComparer.Ordinal);

    public QueryCompiler(IEnumerable<TableDeclaration> tables)
    {
        foreach (TableDeclaration table in tables)
        {
            declarations.TryAdd(table.Name, table);
        }
    }

    public SqlCompilation Compile(ModelNode node, IReadOnlyDictionary<string, TableDefinition> tables)
    {
        ExpandedSql sql = node.Sql;
        InputCatalog catalog = new(tables, node, declarations.Keys);
        SqlCompilation compiled = SqlCompiler.Compile(sql.Text, catalog);
        if (node.Inputs.Count == 0 && catalog.Missed.Count == 0 && !SqlParser.Parse(sql.Text).HasErrors)
        {
            Diagnostic nothing = GraphDiagnostics.ReadsNothing(node.Model.Location, node.Model.Name);
            return new SqlCompilation(null, [nothing], []);
        }

        return compiled with
        {
            Diagnostics = [.. compiled.Diagnostics.Select(d => Improve(d, sql, catalog))],
            Demands = [.. compiled.Demands.Select(d => d with { Location = sql.Locate(d.Location.Span) })],
        };
    }

    /// <summary>An unknown table that the project does have was named without its template.</summary>
    private Diagnostic Improve(Diagnostic diagnostic, ExpandedSql sql, InputCatalog catalog)
    {
        if (diagnostic.Location is not { } at || !ReferenceEquals(at.Source, sql.Text))
        {
            return diagnostic;
        }

        Location place = sql.Locate(at.Span);
        string name = at.Source.Text.Substring(at.Span.Start, at.Span.Length).Trim('`');
        return catalog.Missed.Contains(name) && declarations.TryGetValue(name, out TableDeclaration? table)
            ? GraphDiagnostics.BareTable(place, name, table is SourceDefinition)
            : diagnostic with { Location = place };
    }
}
