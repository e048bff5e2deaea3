using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// Reads the values of one mapping as what they should be. Each reading answers null where the key is absent or its
/// value is wrong; what is wrong has then been reported. Unknown keys are <see cref="KeyChecker"/>'s affair.
/// </summary>
internal sealed partial class MappingReader
{
    private readonly YamlMapping mapping;
    private readonly ReaderContext context;

    public MappingReader(YamlMapping mapping, ReaderContext context)
    {
        this.mapping = mapping;
        this.context = context;
    }

    public Location Location => mapping.Location;

    public DiagnosticBag Diagnostics => context.Diagnostics;

    public IEnumerable<YamlEntry> Entries => mapping.Entries;

    /// <summary>The entry of a key that has a value; a key without a value is as good as absent.</summary>
    public YamlEntry? Entry(string key) =>
        mapping.Entries.FirstOrDefault(e => e.Key.Value == key && e.Value is not YamlScalar { IsNull: true });

    public Location? KeyLocation(string key) => mapping.Entries.FirstOrDefault(e => e.Key.Value == key)?.Key.Location;

    public MappingReader? Mapping(string key) => Entry(key) switch
    {
        null => null,
        { Value: YamlMapping value } => new MappingReader(value, context),
        { } other => WrongType<MappingReader>(other, "a mapping"),
    };

    /// <summary>A reader of another mapping of the same file.</summary>
    public MappingReader Of(YamlMapping other) => new(other, context);

    /// <summary>The mappings of a list; items that are none are reported.</summary>
    public IEnumerable<MappingReader> Mappings(string key, string item)
    {
        foreach (YamlNode node in Items(key))
        {
            if (node is YamlMapping value)
            {
                yield return new MappingReader(value, context);
            }
            else
            {
                Diagnostics.Add(
                    YamlDiagnostics.WrongType(node.Location, $"an item of {key}", $"a mapping ({item})", node.Kind));
            }
        }
    }

    public IReadOnlyList<YamlNode> Items(string key) => Entry(key) switch
    {
        null => [],
        { Value: YamlSequence value } => value.Items,
        { } other => WrongType<IReadOnlyList<YamlNode>>(other, "a list") ?? [],
    };

    /// <summary>Reports that a required key is missing and answers null, for use behind <c>??</c>.</summary>
    public T? Missing<T>(string what, string key, string? help = null)
        where T : class
    {
        if (Entry(key) is null && !IsMisspelt(key))
        {
            Diagnostics.Add(YamlDiagnostics.MissingKey(KeyLocation(key) ?? Location, what, key, help));
        }

        return null;
    }

    /// <summary>Whether an unknown key, reported as such, was probably meant to be this one.</summary>
    private bool IsMisspelt(string key) =>
        KeyLocation(key) is null && mapping.Entries.Any(e => Suggestion.Nearest(e.Key.Value, [key]) is not null);

    private T? WrongType<T>(YamlEntry entry, string expected)
        where T : class
    {
        Diagnostics.Add(YamlDiagnostics.WrongType(entry.Value.Location, entry.Key.Value, expected, entry.Value.Kind));
        return null;
    }
}

/// <summary>What every reading needs.</summary>
internal sealed record ReaderContext(DiagnosticBag Diagnostics, EnvironmentVariables Variables);
