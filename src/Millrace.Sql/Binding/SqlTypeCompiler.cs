using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql.Binding;
using Millrace.Sql.Parsing;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Types;

namespace Millrace.Sql;

/// <summary>Reads a column's type as DDL writes it: <c>DECIMAL(10, 2) NOT NULL</c>. Pure and thread-safe.</summary>
public static class SqlTypeCompiler
{
    /// <summary>The type, or null and what is wrong with the text.</summary>
    public static (SqlType? Type, IReadOnlyList<Diagnostic> Diagnostics) Compile(SourceText source)
    {
        (NestedTypeSyntax syntax, SqlSyntaxTree tree) = SqlParser.ParseType(source);
        BindingContext context = new(tree, NoTables.Instance);
        SqlType? type = tree.HasErrors ? null : TypeBinder.Bind(syntax.Type, context);
        return (type?.WithNullability(!syntax.IsNotNull), [.. tree.Diagnostics, .. context.Diagnostics.Items]);
    }

    private sealed class NoTables : ITableCatalog
    {
        public static readonly NoTables Instance = new();

        public IReadOnlyCollection<string> TableNames => [];

        public TableDefinition? Find(string name) => null;
    }
}
