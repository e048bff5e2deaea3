using System.Runtime.CompilerServices;

namespace Millrace.Engine.State;

/// <summary>
/// Who owns a key: its group is fixed by its hash, and a worker owns every group that leaves its number as the
/// remainder.
/// </summary>
internal static class KeyGroup
{
    private const int Bits = 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OwnerOf(ulong hash, int owners) => (int)(hash >> (64 - Bits)) % owners;
}
