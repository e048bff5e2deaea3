using System.Buffers.Text;
using System.Text.Json;
using System.Text;

namespace Millrace.Hosting.Views;

/// <summary>
/// A column's value in a row's JSON, without copying: a slice of the row. Text is compared as UTF-8, numbers by value.
/// </summary>
public readonly ref struct RowValue
{
    private readonly bool isEscaped;

    private RowValue(JsonTokenType type, ReadOnlySpan<byte> raw, bool isEscaped)
    {
        Type = type;
        Raw = raw;
        this.isEscaped = isEscaped;
    }

    /// <summary>The value's first token; <see cref="JsonTokenType.None"/> when the row has no such column.</summary>
    public JsonTokenType Type { get; }

    /// <summary>The JSON text; of a string without its quotes, escapes as written.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    public bool IsNull => Type is JsonTokenType.Null or JsonTokenType.None;

    /// <summary>Finds a column in a row, a JSON object.</summary>
    public static RowValue Find(ReadOnlySpan<byte> row, ReadOnlySpan<byte> column)
    {
        Utf8JsonReader reader = new(row);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(column))
            {
                return Next(ref reader, row);
            }

            reader.Read();
            reader.Skip();
        }

        return default;
    }

    /// <summary>Reads the value behind the name at which a reader of a row stands.</summary>
    internal static RowValue Next(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> row)
    {
        reader.Read();
        JsonTokenType type = reader.TokenType;
        if (type == JsonTokenType.String)
        {
            return new RowValue(type, reader.ValueSpan, reader.ValueIsEscaped);
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new RowValue(type, row[start..(int)reader.BytesConsumed], false);
    }

    /// <summary>The value as text: a string unescaped, anything else as JSON; null for NULL.</summary>
    public string? Text() => IsNull ? null : Encoding.UTF8.GetString(Bytes());

    /// <summary>The value as a number, also of a string that holds one; NaN when it is none.</summary>
    public double Number() =>
        !IsNull && Utf8Parser.TryParse(Raw, out double number, out int used) && used == Raw.Length
            ? number
            : double.NaN;

    /// <summary>The text's UTF-8 bytes.</summary>
    internal ReadOnlySpan<byte> Bytes() => isEscaped ? Unescaped() : Raw;

    private byte[] Unescaped()
    {
        byte[] quoted = [(byte)'"', .. Raw, (byte)'"'];
        Utf8JsonReader reader = new(quoted);
        reader.Read();
        byte[] text = new byte[Raw.Length];
        return text[..reader.CopyString(text)];
    }
}
