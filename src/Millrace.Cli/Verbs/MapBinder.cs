using Millrace.Diagnostics;
using Millrace.Hosting.Bounded;
using Millrace.Plans;
using Millrace.Sql;

namespace Millrace.Cli.Verbs;

/// <summary>Compiles the SELECT that makes a source's records of a file's.</summary>
internal static class MapBinder
{
    /// <summary>Binds a mapping SELECT over a file's columns; null after printing what is wrong with it.</summary>
    public static SourceMap? Bind(string path, string sqlPath)
    {
        TableDefinition input = MapInput.Describe(path, null);
        SourceText text = new(sqlPath, File.ReadAllText(sqlPath));
        SqlCompilation compilation = SqlCompiler.Compile(text, new OneTableCatalog(input));
        foreach (Diagnostic diagnostic in compilation.Diagnostics)
        {
            Console.Error.WriteLine(DiagnosticPrinter.Print(diagnostic));
        }

        return compilation.Plan is { } plan ? new SourceMap(input, plan) : null;
    }

    private sealed class OneTableCatalog(TableDefinition table) : ITableCatalog
    {
        public IReadOnlyCollection<string> TableNames => [table.Name];

        public TableDefinition? Find(string name) => name == table.Name ? table : null;
    }
}
