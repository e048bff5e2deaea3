using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Millrace.Serving.Exposures;

/// <summary>
/// Texts by their UTF-8, so that one that comes again is the same string and not made anew: ids of items come with
/// every ranking. Not thread-safe.
/// </summary>
internal sealed class TextPool
{
    private readonly HashSet<string> texts;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> byBytes;

    public TextPool()
    {
        texts = new HashSet<string>(new Utf8Comparer());
        byBytes = texts.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => texts.Count;

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (!byBytes.TryGetValue(utf8, out string? text))
        {
            text = Encoding.UTF8.GetString(utf8);
            texts.Add(text);
        }

        return text;
    }

    // Equal texts have equal UTF-8, and their hash is that of these bytes.
    private sealed class Utf8Comparer
        : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        private const int MostOnStack = 256;

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public bool Equals(ReadOnlySpan<byte> alternate, string other)
        {
            if (Ascii.Equals(alternate, other))
            {
                return true;
            }

            Span<byte> utf8 = stackalloc byte[MostOnStack];
            return !Ascii.IsValid(alternate) && Utf8Of(other, utf8).SequenceEqual(alternate);
        }

        public int GetHashCode([DisallowNull] string text)
        {
            Span<byte> utf8 = stackalloc byte[MostOnStack];
            return GetHashCode(Utf8Of(text, utf8));
        }

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);

        private static ReadOnlySpan<byte> Utf8Of(string text, Span<byte> room) =>
            Encoding.UTF8.TryGetBytes(text, room, out int length) ? room[..length] : Encoding.UTF8.GetBytes(text);
    }
}
