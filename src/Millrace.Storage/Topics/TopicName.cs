using System.Buffers;

namespace Millrace.Storage.Topics;

/// <summary>
/// The legal names of topics: Kafka's (1 to 249 of letters, digits, <c>.</c>, <c>_</c>, <c>-</c>, neither <c>.</c>
/// nor <c>..</c>), <c>$</c> for internal topics such as <c>clicks$bad</c>, and <c>~</c> before the generation of a
/// model that was built anew, such as <c>clicks~2</c>. So no name can leave its folder.
/// </summary>
public static class TopicName
{
    public const int MaxLength = 249;

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-$~");

    public static bool IsLegal(string name) =>
        name.Length is > 0 and <= MaxLength && name is not "." and not ".."
        && !name.AsSpan().ContainsAnyExcept(Legal);
}
