using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data.Json;

/// <summary>
/// A column of texts as most of its fields are: the name and the text a vector each at most, or NULL. Such a field is
/// two vectors, one over the end of the other, without a jump that depends on the row; only what has to be escaped
/// takes more.
/// <code>
/// ,"country":"……………           what stands before a text, or instead of it where it is NULL
///             DE",…………        the text and what happens to follow it
///               "             its end; where there is no text, the next field begins there
/// </code>
/// </summary>
internal struct ShortTextField
{
    /// <summary>Room that <see cref="TryWrite"/> needs: an opening, a text of escapes only, and a vector over its
    /// end.</summary>
    public const int Room = (4 * VectorBytes) + 1;

    /// <summary>How many rows are turned to at once.</summary>
    public const int RowsAtOnce = 64;

    private const int VectorBytes = 32;

    // Of a NULL, then of a text; empty where they are longer or it is no column of texts.
    private readonly byte[] openings = [];
    private readonly int nullLength;
    private readonly int textLengthMore;
    private BytesVector texts = null!;
    private byte[] data = [];
    private int[] starts = [];
    private int[] lengths = [];

    // A bit for each row of those turned to, 1 for a text.
    private ulong valid;

    public ShortTextField(EncodeColumn column, bool ignoresNulls)
    {
        nullLength = ignoresNulls ? 0 : column.NameOfNull.Length;
        int textLength = column.Name.Length + 1;
        textLengthMore = textLength - nullLength;
        if (column.IsText && Math.Max(nullLength, textLength) <= VectorBytes)
        {
            openings = new byte[2 * VectorBytes];
            column.NameOfNull.Bytes.CopyTo(openings);
            column.Name.Bytes.CopyTo(openings.AsSpan(VectorBytes));
            openings[VectorBytes + textLength - 1] = (byte)'"';
        }
    }

    /// <summary>Takes the vector to read, of at least that many rows.</summary>
    public void Bind(ColumnVector vector, int rows)
    {
        if (openings.Length > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, vector.Capacity);
            texts = Unsafe.As<BytesVector>(vector);
            (data, starts, lengths) = (texts.Data, texts.Starts, texts.Lengths);
        }
    }

    /// <summary>Turns to the <see cref="RowsAtOnce"/> rows of which that is one.</summary>
    public void TurnTo(int row)
    {
        if (openings.Length > 0)
        {
            valid = texts.ValidFrom(row & -RowsAtOnce);
        }
    }

    /// <summary>Writes the field of one of the rows turned to and returns its length; -1 where it is not as
    /// simple.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int TryWrite(ref byte target, int row)
    {
        if (openings.Length == 0)
        {
            return -1;
        }

        int isText = (int)(valid >> row) & 1;
        int ifText = -isText;
        int start = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(starts), row) & ifText;
        int length = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(lengths), row) & ifText;
        if (length > VectorBytes || start > data.Length - VectorBytes)
        {
            return -1;
        }

        ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(data), start);
        Vector256<byte> text = Vector256.LoadUnsafe(ref source);
        ref byte opening = ref MemoryMarshal.GetArrayDataReference(openings);
        int place = nullLength + (textLengthMore & ifText);
        Vector256.LoadUnsafe(ref opening, (nuint)(isText * VectorBytes)).StoreUnsafe(ref target);
        uint escaped = JsonString.ToEscape(text) & (uint)((1UL << length) - 1);
        if (escaped != 0)
        {
            length = start > data.Length - (2 * VectorBytes)
                ? -1 : WriteEscaped(ref Unsafe.Add(ref target, place), ref source, length, escaped);
            if (length < 0)
            {
                return -1;
            }
        }
        else
        {
            text.StoreUnsafe(ref target, (nuint)place);
        }

        Unsafe.Add(ref target, place + length) = (byte)'"';
        return place + length + isText;
    }

    // The text from one escape to the next as a vector each. -1 where an escape is longer than two characters.
    private static int WriteEscaped(ref byte target, ref byte text, int length, uint escaped)
    {
        int from = 0;
        int more = 0;
        for (; escaped != 0; escaped &= escaped - 1)
        {
            Vector256.LoadUnsafe(ref text, (nuint)from).StoreUnsafe(ref target, (nuint)(from + more));
            from = BitOperations.TrailingZeroCount(escaped);
            byte letter = JsonString.LetterOf(Unsafe.Add(ref text, from));
            if (letter == 0)
            {
                return -1;
            }

            Unsafe.Add(ref target, from + more) = (byte)'\\';
            more++;
            Unsafe.Add(ref target, from + more) = letter;
            from++;
        }

        Vector256.LoadUnsafe(ref text, (nuint)from).StoreUnsafe(ref target, (nuint)(from + more));
        return length + more;
    }
}
