using System.Text.Unicode;
using System.Globalization;
using System.Text;

namespace Millrace.Hosting.Inputs;

/// <summary>Writes pieces of JSON into one buffer that is used again. Knows nothing of structure.</summary>
internal sealed class JsonText
{
    private const int LongestOnStack = 512;

    private byte[] buffer = new byte[1024];
    private int length;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    public void Raw(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
    }

    public void Number(long value)
    {
        Reserve(20);
        value.TryFormat(buffer.AsSpan(length), out int written, provider: CultureInfo.InvariantCulture);
        length += written;
    }

    /// <summary>
    /// A JSON string of UTF-8 text; doubled quotes count as one where the text comes from a quoted field.
    /// </summary>
    public void String(ReadOnlySpan<byte> text, bool hasDoubledQuotes = false)
    {
        Reserve((text.Length * 6) + 2);
        buffer[length++] = (byte)'"';
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b is >= 0x20 and not (byte)'"' and not (byte)'\\')
            {
                buffer[length++] = b;
                continue;
            }

            Escape(b);
            i += hasDoubledQuotes && b == (byte)'"' ? 1 : 0;
        }

        buffer[length++] = (byte)'"';
    }

    public void String(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[most];
        String(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>A JSON string of bytes that are UTF-8, else <c>{"base64": ".."}</c>.</summary>
    public void StringOrBase64(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            String(bytes);
            return;
        }

        Raw("{\"base64\":\""u8);
        Raw(Convert.ToBase64String(bytes));
        Raw("\"}"u8);
    }

    private void Escape(byte b)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        buffer[length++] = (byte)'\\';
        byte letter = b switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => (byte)'u',
        };
        buffer[length++] = letter;
        if (letter == (byte)'u')
        {
            buffer[length++] = (byte)'0';
            buffer[length++] = (byte)'0';
            buffer[length++] = digits[b >> 4];
            buffer[length++] = digits[b & 15];
        }
    }

    private void Reserve(int more)
    {
        if (buffer.Length - length < more)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + more));
        }
    }
}
