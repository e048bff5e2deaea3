using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Millrace.Tidy;

/// <summary>A C# file: its path in the repository, with slashes, and its text. A rule takes files, so that a test can
/// make one up.</summary>
public sealed class SourceFile
{
    private readonly Lazy<SyntaxTree> tree;

    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        tree = new(() => CSharpSyntaxTree.ParseText(Text, path: Path));
    }

    public string Path { get; }

    public string Text { get; }

    public SyntaxTree Tree => tree.Value;

    /// <summary>The lines, without a last empty one.</summary>
    public IReadOnlyList<string> Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The project: <c>Plans</c> for <c>src/Millrace.Plans/Nodes/Filter.cs</c>; empty outside src.</summary>
    public string Project => Path.StartsWith("src/Millrace.", StringComparison.Ordinal)
        ? Path["src/Millrace.".Length..Path.IndexOf('/', 4)]
        : "";

    /// <summary>The first folder inside the project; empty for a file beside the project file.</summary>
    public string Folder => Path.Split('/') is { Length: > 3 } parts ? parts[2] : "";

    /// <summary><c>path:line</c> of a node, for a message.</summary>
    public string At(SyntaxNode node) => At(node.SpanStart);

    public string At(int offset) => $"{Path}:{Tree.GetText().Lines.GetLinePosition(offset).Line + 1}";
}
