using System.Buffers.Binary;

namespace Millrace.Storage.Snapshots;

/// <summary>
/// Body of a snapshot's first frame: version, number, position, deployment, and the numbers it builds upon, each a
/// little-endian i64.
/// </summary>
internal static class SnapshotHeader
{
    public const long Version = 1;
    private const int FixedFields = 4;

    public static byte[] Encode(SnapshotInfo info)
    {
        long[] fields = [Version, info.Number, info.Position, info.Deployment, .. info.Chain];
        byte[] bytes = new byte[8 * fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), fields[i]);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; null and the version when that is another.</summary>
    public static SnapshotInfo? Decode(ReadOnlySpan<byte> body, out long version)
    {
        version = -1;
        if (body.Length < 8 * FixedFields || body.Length % 8 != 0)
        {
            return null;
        }

        long[] fields = new long[body.Length / 8];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = BinaryPrimitives.ReadInt64LittleEndian(body[(8 * i)..]);
        }

        version = fields[0];
        return version == Version
            ? new SnapshotInfo(fields[2], fields[3]) { Number = fields[1], Chain = fields[FixedFields..] }
            : null;
    }
}
