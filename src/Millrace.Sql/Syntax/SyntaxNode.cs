using Millrace.Diagnostics;

namespace Millrace.Sql.Syntax;

/// <summary>
/// A construct of the grammar. A node is given all its parts in text order, and its typed properties are those parts;
/// so a tree cannot lose text. Immutable; knows neither its parent nor the names that its words resolve to.
/// </summary>
public abstract class SyntaxNode : SyntaxElement
{
    private protected SyntaxNode(params ReadOnlySpan<SyntaxElement?> parts)
    {
        List<SyntaxElement> children = [];
        foreach (SyntaxElement? part in parts)
        {
            // An empty list has no place in the text.
            if (part is not (null or SyntaxNode { Children.Count: 0 }))
            {
                children.Add(part);
                Height = Math.Max(Height, part.Height);
            }
        }

        Children = children;
        Height++;
        if (children.Count > 0)
        {
            FullSpan = TextSpan.FromBounds(children[0].FullSpan.Start, children[^1].FullSpan.End);
            SyntaxElement? first = children.Find(c => c.Span.Length > 0);
            SyntaxElement? last = children.FindLast(c => c.Span.Length > 0);
            Span = first is null
                ? new TextSpan(FullSpan.End, 0)
                : TextSpan.FromBounds(first.Span.Start, last!.Span.End);
        }
    }

    /// <summary>Nodes and tokens, in text order.</summary>
    public IReadOnlyList<SyntaxElement> Children { get; }

    public override TextSpan Span { get; }

    public override TextSpan FullSpan { get; }

    public override IEnumerable<SyntaxToken> Tokens
    {
        get
        {
            Stack<SyntaxElement> pending = new([this]);
            while (pending.TryPop(out SyntaxElement? element))
            {
                if (element is SyntaxToken token)
                {
                    yield return token;
                }
                else if (element is SyntaxNode node)
                {
                    for (int i = node.Children.Count - 1; i >= 0; i--)
                    {
                        pending.Push(node.Children[i]);
                    }
                }
            }
        }
    }

    /// <summary>All nodes below and including this, parents first, in text order.</summary>
    public IEnumerable<SyntaxNode> DescendantsAndSelf
    {
        get
        {
            Stack<SyntaxNode> pending = new([this]);
            while (pending.TryPop(out SyntaxNode? node))
            {
                yield return node;
                foreach (SyntaxNode child in node.Children.OfType<SyntaxNode>().Reverse())
                {
                    pending.Push(child);
                }
            }
        }
    }

    internal override int Height { get; }
}
