using Millrace.Data.Json;
using Millrace.Diagnostics;
using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>Checks that every column that YAML names exists and has a type that fits.</summary>
internal sealed class ColumnChecks
{
    private readonly TypedProject typed;
    private readonly DiagnosticBag diagnostics;

    public ColumnChecks(TypedProject typed, DiagnosticBag diagnostics)
    {
        this.typed = typed;
        this.diagnostics = diagnostics;
    }

    public void Check(ProjectDefinition project)
    {
        foreach (TableDeclaration table in project.Sources.Concat<TableDeclaration>(project.Models))
        {
            if (typed.Tables.TryGetValue(table.Name, out TableDefinition? definition))
            {
                CheckTable(table, definition);
            }
        }

        foreach (TestDefinition test in project.Tests.Select(t => t.Test))
        {
            if (typed.Tables.TryGetValue(test.Table, out TableDefinition? definition))
            {
                CheckTest(test, definition);
            }
        }
    }

    private void CheckTable(TableDeclaration table, TableDefinition definition)
    {
        if (table.Key is { } key)
        {
            Find(definition, key.Value, key.Location, "key");
        }

        if (table is SourceDefinition { Dedup.Key: { } same })
        {
            Find(definition, same.Value, same.Location, "dedup");
        }

        if (table.EventTime.Column is { } time)
        {
            CheckTime(table, definition, time);
        }

        foreach (ColumnDefinition column in table is ModelDefinition ? table.Columns : [])
        {
            CheckModelColumn(column, definition);
        }

        foreach (Field field in definition.Fields.Where(f => table is ModelDefinition && !JsonFormat.Supports(f.Type)))
        {
            diagnostics.Add(CompilingDiagnostics.NoJson(table.Location, field.Name, field.Type));
        }

        if (table is ModelDefinition { Materialized: { Value: "topic" } topic }
            && Materializer.StatefulNode(typed.Plans[table.Name]) is { } stateful)
        {
            diagnostics.Add(CompilingDiagnostics.NotStateless(topic.Location, Materializer.NameOf(stateful)));
        }
    }

    private void CheckTime(TableDeclaration table, TableDefinition definition, Said<string> time)
    {
        Field? field = definition.Fields.FirstOrDefault(f => f.Name == time.Value);
        if (field is null)
        {
            diagnostics.Add(TypingDiagnostics.UnknownTimeColumn(time, table.Name, NamesOf(definition)));
        }
        else if (!TableBuilder.MayBeTime(field.Type))
        {
            diagnostics.Add(TypingDiagnostics.TimeColumnType(
                table.FindColumn(time.Value)?.Type?.Location ?? time.Location, table.Name, time.Value, field.Type));
        }
    }

    private void CheckModelColumn(ColumnDefinition column, TableDefinition definition)
    {
        Field? field = Find(definition, column.Name, column.Location, "columns");
        if (column.Type is not { } said || field is null)
        {
            return;
        }

        if (SqlTypes.Parse(said.Value) is not { } type)
        {
            diagnostics.Add(TypingDiagnostics.BadType(said.Location, column.Name, said.Value));
        }
        else if (!type.IsSameTypeAs(field.Type))
        {
            diagnostics.Add(CompilingDiagnostics.OtherType(said.Location, column.Name, said.Value, field.Type));
        }
    }

    private void CheckTest(TestDefinition test, TableDefinition definition)
    {
        foreach (AssertionDefinition assertion in test.Assertions)
        {
            foreach (string column in ColumnsOf(assertion))
            {
                if (Find(definition, column, assertion.Location, $"test \"{test.Name}\"") is { } field)
                {
                    CheckAssertion(assertion, field);
                }
            }
        }
    }

    private void CheckAssertion(AssertionDefinition assertion, Field field)
    {
        if (assertion is RangeAssertion && !field.Type.IsNumeric)
        {
            diagnostics.Add(CompilingDiagnostics.NoNumber(assertion.Location, field.Name, field.Type));
        }
        else if (assertion is MaxLagAssertion && !field.Type.IsTimestamp)
        {
            diagnostics.Add(CompilingDiagnostics.NoTime(assertion.Location, field.Name, field.Type));
        }
    }

    private static IReadOnlyList<string> ColumnsOf(AssertionDefinition assertion) => assertion switch
    {
        NotNullAssertion some => some.Columns,
        UniqueAssertion some => some.Columns,
        AcceptedValuesAssertion one => [one.Column],
        RangeAssertion one => [one.Column],
        MaxLagAssertion { Column: { } column } => [column],
        _ => [],
    };

    private Field? Find(TableDefinition table, string column, Location at, string what)
    {
        Field? field = table.Fields.FirstOrDefault(f => f.Name == column);
        if (field is null)
        {
            diagnostics.Add(CompilingDiagnostics.UnknownColumn(at, what, column, table.Name, NamesOf(table)));
        }

        return field;
    }

    private static string[] NamesOf(TableDefinition table) => [.. table.Fields.Select(f => f.Name)];
}
