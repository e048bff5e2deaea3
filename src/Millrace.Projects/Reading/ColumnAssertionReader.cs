namespace Millrace.Projects;

/// <summary>Reads an item of a column's <c>tests:</c>: a word, or a mapping with one key.</summary>
internal static class ColumnAssertionReader
{
    private static readonly string[] Words = ["not_null", "unique", "accepted_values", "range"];

    public static AssertionDefinition? Read(MappingReader column, YamlNode item, string name)
    {
        if (item is YamlScalar scalar)
        {
            return ReadWord(column, scalar, name);
        }

        if (item is not YamlMapping { Entries: [{ Value: YamlMapping value } entry] })
        {
            column.Diagnostics.Add(YamlDiagnostics.WrongType(
                item.Location, "an item of tests", "not_null, unique, or a mapping with one key", item.Kind));
            return null;
        }

        MappingReader reader = column.Of(value);
        return entry.Key.Value switch
        {
            "accepted_values" => AssertionReader.AcceptedValues(reader, name, entry.Key.Location),
            "range" => AssertionReader.Range(reader, name, entry.Key.Location),
            _ => null,
        };
    }

    private static AssertionDefinition? ReadWord(MappingReader column, YamlScalar word, string name)
    {
        switch (word.Value)
        {
            case "not_null":
                return new NotNullAssertion([name], word.Location);
            case "unique":
                return new UniqueAssertion([name], word.Location);
            default:
                column.Diagnostics.Add(YamlDiagnostics.NotOneOf(word.Location, "tests", word.Value, Words));
                return null;
        }
    }
}
