using System.Text;
using Millrace.Data.Text;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Byte strings read as UTF-8, cut to a length in UTF-16 units; half a surrogate pair becomes '?', as in Java.
/// </summary>
internal static class BytesText
{
    public static void Write(ByteBuffer to, ReadOnlySpan<byte> bytes, int units)
    {
        string text = Encoding.UTF8.GetString(bytes);
        ReadOnlySpan<char> cut = text.Length > units ? text.AsSpan(0, units) : text;
        bool isHalved = cut.Length > 0 && char.IsHighSurrogate(cut[^1]);
        cut = isHalved ? cut[..^1] : cut;
        to.Length += Encoding.UTF8.GetBytes(cut, to.Reserve(Encoding.UTF8.GetMaxByteCount(cut.Length)));
        if (isHalved)
        {
            to.Append((byte)'?');
        }
    }
}
