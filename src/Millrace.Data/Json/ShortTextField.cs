using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data.Json;

/// <summary>
/// A column of texts as most of its fields are: the name and the text a vector each at most, nothing to escape, or
/// NULL. Such a field is two vectors, one over the end of the other, without a jump that depends on the row.
/// <code>
/// ,"country":"……………           what stands before a text, or instead of it where it is NULL
///             DE",…………        the text and what happens to follow it
///               "             its end; where there is no text, the next field begins there
/// </code>
/// </summary>
internal struct ShortTextField
{
    /// <summary>Room that <see cref="TryWrite"/> needs.</summary>
    public const int Room = (2 * VectorBytes) + 1;

    private const int VectorBytes = 32;

    // Of a NULL, then of a text; empty where they are longer or it is no column of texts.
    private readonly byte[] openings = [];
    private readonly int nullLength;
    private readonly int textLengthMore;
    private BytesVector texts = null!;

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

    /// <summary>Takes the vector to read.</summary>
    public void Bind(ColumnVector vector)
    {
        if (openings.Length > 0)
        {
            texts = Unsafe.As<BytesVector>(vector);
        }
    }

    /// <summary>Writes a row's field and returns its length; -1 where it is not as simple.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int TryWrite(ref byte target, int row)
    {
        if (openings.Length == 0)
        {
            return -1;
        }

        int isText = (int)texts.ValidBit(row);
        int ifText = -isText;
        int start = texts.Starts[row] & ifText;
        int length = texts.Lengths[row] & ifText;
        byte[] data = texts.Data;
        if (length > VectorBytes || start > data.Length - VectorBytes)
        {
            return -1;
        }

        Vector256<byte> text = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(data), (nuint)start);
        if ((JsonString.ToEscape(text) & (uint)((1UL << length) - 1)) != 0)
        {
            return -1;
        }

        ref byte opening = ref MemoryMarshal.GetArrayDataReference(openings);
        int place = nullLength + (textLengthMore & ifText);
        Vector256.LoadUnsafe(ref opening, (nuint)(isText * VectorBytes)).StoreUnsafe(ref target);
        text.StoreUnsafe(ref target, (nuint)place);
        Unsafe.Add(ref target, place + length) = (byte)'"';
        return place + length + isText;
    }
}
