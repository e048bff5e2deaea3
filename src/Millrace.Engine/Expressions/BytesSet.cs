using Millrace.Data;
using Millrace.Data.Keys;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Texts or byte strings: first the lengths that occur, then an open hash table, at most a quarter full, so that a row
/// takes one probe.
/// </summary>
internal sealed class BytesSet : ValueSet
{
    private readonly byte[]?[] table;
    private readonly ulong lengths;

    public BytesSet(IEnumerable<byte[]> items)
    {
        byte[][] all = [.. items];
        table = new byte[]?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, all.Length * 4))];
        foreach (byte[] item in all)
        {
            lengths |= LengthBit(item.Length);
            int slot = Slot(item);
            while (table[slot] is byte[] other && !other.AsSpan().SequenceEqual(item))
            {
                slot = (slot + 1) & (table.Length - 1);
            }

            table[slot] = item;
        }
    }

    public override void Find(ColumnVector column, Span<byte> target)
    {
        BytesVector bytes = (BytesVector)column;
        for (int i = 0; i < target.Length; i++)
        {
            bool mayBe = (lengths & LengthBit(bytes.Lengths[i])) != 0 && !bytes.IsNull(i);
            target[i] = mayBe && Contains(bytes.Slice(i)) ? (byte)1 : (byte)0;
        }
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

    private int Slot(ReadOnlySpan<byte> value) => (int)Hash64.Of(value) & (table.Length - 1);

    // Lengths of 63 and more share the last bit.
    private static ulong LengthBit(int length) => 1UL << Math.Min(length, 63);
}
