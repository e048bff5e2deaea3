using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>Carries NULLs from operands to results, a word at a time: what most operators do with them.</summary>
internal static class NullBits
{
    /// <summary>Makes a row of the freshly reset target NULL where the source is.</summary>
    public static void Copy(ColumnVector source, ColumnVector target, int rows)
    {
        if (!source.HasNulls)
        {
            return;
        }

        target.MakeNullable(rows);
        Span<ulong> to = target.Validity;
        for (int w = 0; w < BooleanWords.Count(rows); w++)
        {
            to[w] = BooleanWords.Known(source, w);
        }
    }

    /// <summary>Makes a row of the freshly reset target NULL where either source is.</summary>
    public static void Merge(ColumnVector left, ColumnVector right, ColumnVector target, int rows)
    {
        if (!left.HasNulls && !right.HasNulls)
        {
            return;
        }

        target.MakeNullable(rows);
        Span<ulong> to = target.Validity;
        for (int w = 0; w < BooleanWords.Count(rows); w++)
        {
            to[w] = BooleanWords.Known(left, w) & BooleanWords.Known(right, w);
        }
    }
}
