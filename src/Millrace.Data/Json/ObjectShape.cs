using Millrace.Data.Keys;

namespace Millrace.Data.Json;

/// <summary>
/// The keys of interest of one object: each leads to a column, or on a path to columns to a nested object's shape.
/// Found by an open hash table over the keys' bytes. Remembers which keys the current object has had; one object at a
/// time.
/// </summary>
internal sealed class ObjectShape
{
    private readonly byte[][] names;
    private readonly int[] slots;
    private readonly int[] seen;
    private int round;

    /// <summary>The object whose keys are these columns' names.</summary>
    public ObjectShape(DecodeColumn[] columns)
        : this(columns, new ObjectShape?[columns.Length], [.. columns.Select(c => c.Utf8Name)])
    {
    }

    /// <summary>An object of given keys: per key a column, or where there is none, a nested shape.</summary>
    public ObjectShape(DecodeColumn[] columns, ObjectShape?[] nested, byte[][] names)
    {
        Columns = columns;
        Nested = nested;
        this.names = names;
        seen = new int[names.Length];
        slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, names.Length * 3))];
        for (int i = 0; i < names.Length; i++)
        {
            if (Find(names[i]) < 0)
            {
                int slot = (int)Hash64.Of(names[i]);
                while (slots[slot & (slots.Length - 1)] != 0)
                {
                    slot++;
                }

                slots[slot & (slots.Length - 1)] = i + 1;
            }
        }
    }

    public int Count => names.Length;

    public DecodeColumn[] Columns { get; }

    public ObjectShape?[] Nested { get; }

    /// <summary>The number of a key, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (int slot = (int)Hash64.Of(name); ; slot++)
        {
            int index = slots[slot & (slots.Length - 1)] - 1;
            if (index < 0 || names[index].AsSpan().SequenceEqual(name))
            {
                return index;
            }
        }
    }

    /// <summary>Begins an object: no key has been seen.</summary>
    public void Begin() => round++;

    /// <summary>Notes a key; true if it is there for the second time.</summary>
    public bool See(int index)
    {
        bool again = seen[index] == round;
        seen[index] = round;
        return again;
    }

    /// <summary>The first column here or below.</summary>
    public DecodeColumn First() => Nested[0] is null ? Columns[0] : Nested[0]!.First();

    /// <summary>Takes back NULLs that an earlier object of the same record left in a row.</summary>
    public void SetValid(int row)
    {
        for (int i = 0; i < Count; i++)
        {
            if (Nested[i] is ObjectShape nested)
            {
                nested.SetValid(row);
            }
            else
            {
                Columns[i].Vector.SetValid(row);
            }
        }
    }

    public bool WasSeen(int index) => seen[index] == round;
}
