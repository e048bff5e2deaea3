using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>A node of a YAML file with its place in the text. Anchors are resolved: an alias is the node itself
/// again.</summary>
internal abstract class YamlNode
{
    protected YamlNode(Location location, int size)
    {
        Location = location;
        Size = size;
    }

    /// <summary>How many nodes it is when aliases are followed: what a walk over it costs.</summary>
    public int Size { get; }

    /// <summary>What a diagnostic about the node points at: a scalar, or the start of a list or mapping.</summary>
    public Location Location { get; }

    /// <summary>The node in a user's words: "a text", "a list", "a mapping".</summary>
    public abstract string Kind { get; }
}

/// <summary>A list.</summary>
internal sealed class YamlSequence : YamlNode
{
    public YamlSequence(Location location, IReadOnlyList<YamlNode> items)
        : base(location, 1 + items.Sum(i => i.Size))
    {
        Items = items;
    }

    public IReadOnlyList<YamlNode> Items { get; }

    public override string Kind => "a list";
}

/// <summary>A key and its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>A mapping; keys in the order of the file, each once.</summary>
internal sealed class YamlMapping : YamlNode
{
    public YamlMapping(Location location, IReadOnlyList<YamlEntry> entries)
        : base(location, 1 + entries.Sum(e => 1 + e.Value.Size))
    {
        Entries = entries;
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    public override string Kind => "a mapping";
}
