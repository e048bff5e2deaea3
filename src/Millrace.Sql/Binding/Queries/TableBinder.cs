using Millrace.Plans;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Queries;
using Millrace.Sql.Syntax.Tables;

namespace Millrace.Sql.Binding;

/// <summary>A bound entry of FROM: its rows and the names by which they are known.</summary>
internal sealed record BoundTable(PlanNode Plan, Scope Scope);

/// <summary>Binds what stands in FROM: tables, derived tables and joins AS OF.</summary>
internal sealed class TableBinder(BindingContext context, QueryBinder queries, CommonTables tables)
{
    public BoundTable? Bind(TableReferenceSyntax syntax)
    {
        switch (syntax)
        {
            case NamedTableSyntax { SystemTime: { } time }:
                context.Report(StreamDiagnostics.SnapshotWithoutJoin(context.At(time)));
                return null;
            case NamedTableSyntax named:
                return BindNamed(named);
            case DerivedTableSyntax { IsLateral: false } derived:
                return queries.Bind(derived.Query, tables) is { } plan ? Aliased(plan, derived.Alias, null) : null;
            case ParenthesizedTableSyntax nested:
                return Bind(nested.Table);
            case JoinSyntax { Right: NamedTableSyntax { SystemTime: not null } } join:
                return new TemporalJoinBinder(context, this).Bind(join);
            case JoinSyntax join:
                context.Report(
                    SqlSupportDiagnostics.ClauseNotSupported(
                        context.At(join.Operator), "a join other than AS OF",
                        "a table of versions is joined: JOIN t FOR SYSTEM_TIME AS OF e.time AS t ON .."));
                return null;
            default:
                context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(syntax), syntax.ToString()));
                return null;
        }
    }

    /// <summary>The definition of a table of the catalog; null when there is none: reported.</summary>
    public TableDefinition? FindTable(NameSyntax name)
    {
        if (name.Values.Count > 1)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(
                context.At(name), "a table name with a dot", "write the name of a source or a model alone"));
            return null;
        }

        if (context.Catalog.Find(name.Last) is { } table)
        {
            return table;
        }

        context.Report(BindingDiagnostics.UnknownTable(context.At(name), name.Last, context.Catalog.TableNames));
        return null;
    }

    /// <summary>
    /// The table right of AS OF; null when there is none that could have versions: reported. A WITH query hides a
    /// table of the catalog.
    /// </summary>
    public TableDefinition? FindVersioned(NameSyntax name)
    {
        if (name.Values.Count > 1 || !tables.TryFind(name.Last, out _))
        {
            return FindTable(name);
        }

        context.Report(SqlSupportDiagnostics.ClauseNotSupported(
            context.At(name), $"the WITH query \"{name.Last}\" right of AS OF",
            "make the query a model of its own and join that"));
        return null;
    }

    /// <summary>A plan under an alias, its columns renamed where the alias says so.</summary>
    public BoundTable? Aliased(PlanNode plan, TableAliasSyntax? alias, string? name)
    {
        PlanNode? renamed = Rename(plan, alias?.Columns, context);
        return renamed is null ? null : new BoundTable(renamed, Scope.Of(alias?.Name.Value ?? name, renamed.Fields));
    }

    /// <summary>Gives a plan's columns new names; the list must name all of them.</summary>
    public static PlanNode? Rename(PlanNode plan, ColumnListSyntax? columns, BindingContext context)
    {
        if (columns is null)
        {
            return plan;
        }

        if (columns.Names.Count != plan.Fields.Count)
        {
            context.Report(
                BindingDiagnostics.ColumnListLength(context.At(columns), columns.Names.Count, plan.Fields.Count));
            return null;
        }

        Expression[] expressions = [.. plan.Fields.Select((f, i) => new InputColumn(i, f.Name, f.Type))];
        return new Project(
            plan, expressions, [.. plan.Fields.Select((f, i) => f with { Name = columns.Names[i].Value })]);
    }

    /// <summary>A common table, or one of the catalog read as a stream; null: reported.</summary>
    public BoundTable? BindName(NameSyntax name)
    {
        if (name.Values.Count == 1 && tables.TryFind(name.Last, out PlanNode? common))
        {
            return common is null ? null : Aliased(common, null, name.Last);
        }

        if (FindTable(name) is not { } table)
        {
            return null;
        }

        if (table.Versioning is not null && !table.IsVersioningInferred)
        {
            // Read as a stream, a table of versions is an updating one.
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(
                context.At(name), $"reading the versioned table {table.Name} without AS OF",
                $"JOIN {table.Name} FOR SYSTEM_TIME AS OF .. to rows that have a time"));
            return null;
        }

        return Aliased(new TableScan(table), null, name.Last);
    }

    private BoundTable? BindNamed(NamedTableSyntax syntax)
    {
        if (syntax.Hint is { } hint)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(hint), "a hint"));
            return null;
        }

        return BindName(syntax.Name) is { } table ? Aliased(table.Plan, syntax.Alias, syntax.Name.Last) : null;
    }
}
