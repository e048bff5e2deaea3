using System.Globalization;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Topics;

/// <summary>Acknowledged records that cannot be read, one after another in a partition.</summary>
/// <param name="FirstOffset">Offset of the first.</param>
/// <param name="LastOffset">Offset of the last.</param>
/// <param name="Path">The file, or the folder where a file is missing.</param>
/// <param name="Position">The byte of the file where the damage begins; -1 where a file is missing.</param>
/// <param name="Reason">What is there instead, in words.</param>
public sealed record UnreadableRecords(
    string Topic, int Partition, long FirstOffset, long LastOffset, string Path, long Position, string Reason)
{
    public long Count => LastOffset - FirstOffset + 1;

    /// <summary>The same as one line for a person.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Topic}/{Partition}: offsets {FirstOffset} to {LastOffset} are not readable: {Reason}")
        + (Position < 0 ? ": " : string.Create(CultureInfo.InvariantCulture, $" at byte {Position} of ")) + Path;

    internal DamageFault ToFault() =>
        new(Path, Position, "not readable: " + Reason, Topic, Partition, FirstOffset, LastOffset)
        {
            CanBePassed = true,
        };
}
