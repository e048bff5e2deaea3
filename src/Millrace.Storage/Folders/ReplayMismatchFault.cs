using System.Globalization;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Folders;

/// <summary>
/// A replay gives another record than the topic holds at that offset: the models or the program have changed since it
/// was written, or what it is computed from has.
/// </summary>
/// <param name="part">What differs first: <c>key</c>, <c>value</c> or <c>timestamp</c>.</param>
/// <param name="at">The first byte of it that differs; -1 for a timestamp.</param>
public sealed class ReplayMismatchFault(string topic, int partition, long offset, string part, int at)
    : StorageFault(string.Create(
        CultureInfo.InvariantCulture,
        $"topic {topic}, partition {partition}, offset {offset}: ")
        + string.Create(CultureInfo.InvariantCulture, $"replaying the log gives another {part} than was written")
        + (at < 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", from byte {at} on")))
{
    public string Topic => topic;

    public int Partition => partition;

    public long Offset => offset;

    /// <summary>What differs first: <c>key</c>, <c>value</c> or <c>timestamp</c>.</summary>
    public string Part => part;
}
