using System.Numerics;
using Millrace.Data;
using Millrace.Data.Keys;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Texts or byte strings. Short lists are sorted by length, of which most have one item or none: a row is compared with
/// the few of its own length. Long lists are an open hash table, at most a quarter full.
/// </summary>
internal sealed class BytesSet : ValueSet
{
    /// <summary>The longest list that is looked through.</summary>
    private const int SmallCount = 32;

    // Items of 63 bytes and more share the last class.
    private const int Classes = 64;

    private readonly BytesConstant[] constants;

    // Per class the first of its constants; one more for the end.
    private readonly int[] firsts = new int[Classes + 1];
    private readonly byte[]?[] table = [];

    public BytesSet(IEnumerable<byte[]> items)
    {
        byte[][] sorted = [.. items.OrderBy(i => i.Length)];
        constants = [.. sorted.Select(i => new BytesConstant(i))];
        for (int c = 0; c <= Classes; c++)
        {
            firsts[c] = sorted.Count(i => Class(i.Length) < c);
        }

        if (sorted.Length > SmallCount)
        {
            table = new byte[]?[(int)BitOperations.RoundUpToPowerOf2((uint)sorted.Length * 4)];
            Array.ForEach(sorted, Add);
        }
    }

    public override void Find(ColumnVector column, Span<byte> target)
    {
        BytesVector bytes = (BytesVector)column;
        bool hasNulls = bytes.HasNulls;
        for (int i = 0; i < target.Length; i++)
        {
            bool isFound = !(hasNulls && bytes.IsNull(i))
                && (table.Length > 0
                    ? Contains(bytes.Slice(i))
                    : IsAmong(bytes.Data, bytes.Starts[i], bytes.Lengths[i]));
            target[i] = isFound ? (byte)1 : (byte)0;
        }
    }

    private static int Class(int length) => Math.Min(length, Classes - 1);

    private bool IsAmong(byte[] data, int start, int length)
    {
        int end = firsts[Class(length) + 1];
        for (int c = firsts[Class(length)]; c < end; c++)
        {
            if (constants[c].Matches(data, start, length))
            {
                return true;
            }
        }

        return false;
    }

    private bool Contains(ReadOnlySpan<byte> value)
    {
        for (int slot = Slot(value); table[slot] is byte[] item; slot = (slot + 1) & (table.Length - 1))
        {
            if (value.SequenceEqual(item))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(byte[] item)
    {
        int slot = Slot(item);
        while (table[slot] is not null)
        {
            slot = (slot + 1) & (table.Length - 1);
        }

        table[slot] = item;
    }

    private int Slot(ReadOnlySpan<byte> value) => (int)Hash64.Of(value) & (table.Length - 1);
}
