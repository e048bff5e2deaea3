using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Reads <c>columns:</c>, and the tests that stand in them.</summary>
internal static class ColumnReader
{
    public static List<ColumnDefinition> Read(MappingReader table)
    {
        List<ColumnDefinition> columns = [];
        foreach (MappingReader reader in table.Mappings("columns", "- name: .."))
        {
            if (reader.Text("name") is not { } name)
            {
                reader.Missing<object>("a column", "name");
            }
            else if (columns.Find(c => c.Name == name.Value) is { } first)
            {
                reader.Diagnostics.Add(
                    DefinitionDiagnostics.DuplicateColumn(name.Location, name.Value, first.Location));
            }
            else
            {
                columns.Add(ReadColumn(reader, name));
            }
        }

        return columns;
    }

    /// <summary>The tests of all columns, as one schema test of the table; null when there are none.</summary>
    public static TestDeclaration? ReadTests(MappingReader table, string name, bool isSource, Location location)
    {
        List<AssertionDefinition> assertions = [];
        foreach (YamlMapping column in table.Items("columns").OfType<YamlMapping>())
        {
            MappingReader reader = table.Of(column);
            if (reader.Entry("tests") is not null && reader.Prose("name") is { } columnName)
            {
                assertions.AddRange(reader.Items("tests").Select(
                    i => ColumnAssertionReader.Read(reader, i, columnName)).OfType<AssertionDefinition>());
            }
        }

        TestDefinition test = new(
            $"{name}_columns", name, TestKind.Schema, TestReader.DefaultSampleSize, Severity.Error, assertions, [],
            location);
        return assertions.Count == 0 ? null : new TestDeclaration(test, new TableReference(name, isSource, location));
    }

    private static ColumnDefinition ReadColumn(MappingReader reader, Said<string> name) => new(
        name.Value, reader.Text("type"), reader.Prose("description"), reader.Prose("classification"), name.Location);
}
