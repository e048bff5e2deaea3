using Millrace.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Millrace.Projects;

/// <summary>Reads one YAML file into nodes that know their places. Mistakes go to the bag; what could not be read is
/// null.</summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 40;
    private const int MaxAliasedNodes = 20_000;
    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics;
    private readonly Dictionary<string, YamlNode> anchors = [];
    private readonly GuardedParser parser;
    private int depth;
    private int aliasedNodes;

    private YamlReader(SourceText source, DiagnosticBag diagnostics)
    {
        this.source = source;
        this.diagnostics = diagnostics;
        parser = new GuardedParser(new StringReader(source.Text));
    }

    public static YamlNode? Read(SourceText source, DiagnosticBag diagnostics)
    {
        YamlReader reader = new(source, diagnostics);
        try
        {
            return reader.ReadFile();
        }
        catch (YamlException e)
        {
            bool isTab = e.Message.Contains("tab", StringComparison.Ordinal);
            diagnostics.Add(isTab
                ? YamlDiagnostics.Tab(reader.LineAt(e.End))
                : YamlDiagnostics.Syntax(reader.LineAt(e.Start), e.Message));
            return null;
        }
    }

    private YamlNode? ReadFile()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        YamlNode? root = ReadNode();
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            diagnostics.Add(YamlDiagnostics.SecondDocument(LineAt(second.Start)));
        }

        return root;
    }

    private YamlNode? ReadNode()
    {
        if (depth >= MaxDepth)
        {
            diagnostics.Add(YamlDiagnostics.TooDeep(LineAt(parser.Current!.Start)));
            parser.SkipThisAndNestedEvents();
            return null;
        }

        depth++;
        ParsingEvent next = parser.Consume<ParsingEvent>();
        YamlNode? node = next switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadSequence(start),
            MappingStart start => ReadMapping(start),
            AnchorAlias alias => ReadAlias(alias),
            _ => null,
        };
        depth--;
        if (node is not null && next is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            anchors[anchor.Value] = node;
        }

        return node;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        TextSpan raw = Span(scalar.Start, scalar.End);
        int end = source.Text.IndexOfAny(['\r', '\n'], raw.Start, raw.Length);
        TextSpan shown = end < 0 ? raw : TextSpan.FromBounds(raw.Start, end);
        return new YamlScalar(new Location(source, shown), raw, scalar.Value, scalar.Style);
    }

    private YamlSequence ReadSequence(SequenceStart start)
    {
        List<YamlNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadNode() is { } item)
            {
                items.Add(item);
            }
        }

        return new YamlSequence(LineAt(start.Start), items);
    }

    private YamlMapping ReadMapping(MappingStart start)
    {
        List<YamlEntry> entries = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode? key = ReadNode();
            YamlNode? value = ReadNode();
            if (key is YamlScalar name && value is not null)
            {
                AddEntry(entries, seen, new YamlEntry(name, value));
            }
            else if (key is not null and not YamlScalar)
            {
                diagnostics.Add(YamlDiagnostics.KeyIsNoText(key.Location));
            }
        }

        return new YamlMapping(LineAt(start.Start), entries);
    }

    private void AddEntry(List<YamlEntry> entries, HashSet<string> seen, YamlEntry entry)
    {
        if (seen.Add(entry.Key.Value))
        {
            entries.Add(entry);
        }
        else
        {
            Location first = entries.Find(e => e.Key.Value == entry.Key.Value)!.Key.Location;
            diagnostics.Add(YamlDiagnostics.DuplicateKey(entry.Key.Location, entry.Key.Value, first));
        }
    }

    private YamlNode? ReadAlias(AnchorAlias alias)
    {
        Location at = new(source, Span(alias.Start, alias.End));
        if (!anchors.TryGetValue(alias.Value.Value, out YamlNode? node))
        {
            diagnostics.Add(YamlDiagnostics.UnknownAnchor(at, alias.Value.Value));
            return null;
        }

        aliasedNodes += node.Size;
        if (aliasedNodes > MaxAliasedNodes)
        {
            diagnostics.Add(YamlDiagnostics.TooDeep(at));
            return null;
        }

        return node;
    }

    private TextSpan Span(Mark start, Mark end)
    {
        int from = Offset(start);
        return TextSpan.FromBounds(from, Math.Max(from, Offset(end)));
    }

    private Location LineAt(Mark start)
    {
        int from = Offset(start);
        int end = from < source.Text.Length ? source.Text.IndexOfAny(['\r', '\n'], from) : from;
        return new Location(source, TextSpan.FromBounds(from, end < 0 ? source.Text.Length : end));
    }

    private int Offset(Mark mark) => (int)Math.Clamp(mark.Index, 0, source.Text.Length);
}
