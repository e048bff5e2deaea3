using System.Text;

namespace Millrace.Data.Json;

/// <summary>The keys that one MAP value has had, so that a key that comes again replaces its value.</summary>
internal sealed class MapKeys(int start)
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>The element that has the key, or the next one.</summary>
    public int Add(ReadOnlySpan<byte> key)
    {
        string text = Encoding.Latin1.GetString(key);
        if (!places.TryGetValue(text, out int place))
        {
            place = start + places.Count;
            places.Add(text, place);
        }

        return place;
    }
}
