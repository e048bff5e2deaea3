using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// A model's SQL with its templates expanded, and the way back: each span of it points to the user's own file.
/// </summary>
internal sealed class ExpandedSql
{
    private readonly YamlScalar scalar;
    private readonly IReadOnlyList<Piece> pieces;

    public ExpandedSql(
        YamlScalar scalar, string text, IReadOnlyList<Piece> pieces, IReadOnlyList<TableReference> references)
    {
        this.scalar = scalar;
        this.pieces = pieces;
        References = references;
        Text = new SourceText(scalar.Location.Source.Name, text);
    }

    /// <summary>The text that SQL's compiler reads.</summary>
    public SourceText Text { get; }

    /// <summary>The tables that templates name, in order, as often as they are named.</summary>
    public IReadOnlyList<TableReference> References { get; }

    /// <summary>The place in the user's file of a place in <see cref="Text"/>.</summary>
    public Location Locate(TextSpan span)
    {
        if (pieces.Count == 0)
        {
            return scalar.Location;
        }

        Piece first = Find(span.Start);
        Piece last = Find(span.Length == 0 ? span.Start : span.End - 1);
        int start = first.IsVerbatim ? first.Origin.Start + Within(first, span.Start) : first.Origin.Start;
        int end = last.IsVerbatim ? last.Origin.Start + Within(last, span.End) : last.Origin.End;
        return scalar.LocationOf(TextSpan.FromBounds(start, Math.Max(start, end)));
    }

    private static int Within(Piece piece, int offset) => Math.Clamp(offset - piece.Start, 0, piece.Length);

    private Piece Find(int offset)
    {
        int low = 0;
        int high = pieces.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = pieces[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }

        return pieces[low];
    }

    /// <summary>A run of the expanded text: copied from the scalar's value, or put in the place of a
    /// template.</summary>
    internal readonly record struct Piece(int Start, int Length, TextSpan Origin, bool IsVerbatim);
}
