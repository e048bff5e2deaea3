using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Millrace.Data;
using Millrace.Projects;

namespace Millrace.Hosting.Collecting;

/// <summary>
/// A record key that a person has written, as the bytes of the record: text as it is, whole numbers big-endian.
/// </summary>
internal static class KeyText
{
    /// <summary>False when the table has no key, or the text is no value of the key column's type.</summary>
    public static bool TryEncode(CompiledTable table, string text, out byte[] key)
    {
        key = [];
        if (table.KeyColumn is not { } column)
        {
            return false;
        }

        SqlType type = table.Columns[column].Type;
        if (type.Kind is SqlTypeKind.Char or SqlTypeKind.VarChar)
        {
            key = Encoding.UTF8.GetBytes(text);
            return true;
        }

        int size = type.Kind switch
        {
            SqlTypeKind.TinyInt => 1,
            SqlTypeKind.SmallInt => 2,
            SqlTypeKind.Int => 4,
            SqlTypeKind.BigInt => 8,
            _ => 0,
        };
        if (size == 0
            || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        int unused = 64 - (8 * size);
        if (number << unused >> unused != number)
        {
            return false;
        }

        byte[] eight = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, number);
        key = eight[(8 - size)..];
        return true;
    }
}
