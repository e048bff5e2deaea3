using System.Collections;

namespace Millrace.Sql.Syntax;

/// <summary>Nodes or tokens of one kind with what separates them (commas, dots). Enumerates the items only.</summary>
/// <typeparam name="T">The kind of the items.</typeparam>
public sealed class SyntaxList<T> : SyntaxNode, IReadOnlyList<T>
    where T : SyntaxElement
{
    private readonly List<T> items;

    /// <summary>Takes items and separators in text order.</summary>
    public SyntaxList(IReadOnlyList<T> items, IReadOnlyList<SyntaxElement> itemsAndSeparators)
        : base([.. itemsAndSeparators])
    {
        this.items = [.. items];
    }

    /// <summary>Takes items that nothing separates.</summary>
    public SyntaxList(IReadOnlyList<T> items)
        : this(items, [.. items])
    {
    }

    public int Count => items.Count;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
