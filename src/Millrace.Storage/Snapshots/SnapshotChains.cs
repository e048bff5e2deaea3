using System.Globalization;

namespace Millrace.Storage.Snapshots;

/// <summary>What depends on what among snapshots.</summary>
internal static class SnapshotChains
{
    /// <summary>
    /// Newest first; one that builds upon a missing or damaged one gets that as its problem.
    /// </summary>
    public static IReadOnlyList<SnapshotInfo> Judge(IEnumerable<SnapshotInfo> ascending)
    {
        Dictionary<long, SnapshotInfo> known = [];
        List<SnapshotInfo> judged = [];
        foreach (SnapshotInfo info in ascending)
        {
            SnapshotInfo result = info with { Problem = info.Problem ?? ChainProblem(info, known) };
            known.Add(info.Number, result);
            judged.Add(result);
        }

        judged.Reverse();
        return judged;
    }

    /// <summary>The numbers that retention keeps, of a list newest first.</summary>
    public static HashSet<long> Kept(IReadOnlyList<SnapshotInfo> newestFirst, int keep)
    {
        List<SnapshotInfo> usable = [.. newestFirst.Where(info => info.Problem is null)];
        List<SnapshotInfo> kept = [.. usable.Take(keep)];
        if (kept.Count > 0)
        {
            HashSet<long> roots = [.. kept.Select(Root)];
            SnapshotInfo? earlier = roots.Count == 1 ? usable.Find(info => !roots.Contains(Root(info))) : null;
            kept.AddRange(earlier is null ? [] : [earlier]);
        }

        HashSet<long> numbers = [.. kept.Select(info => info.Number), .. kept.SelectMany(info => info.Chain)];
        long oldest = usable.Count < keep ? 0 : usable[keep - 1].Number;
        numbers.UnionWith(newestFirst
            .Where(info => info.Problem is not null && info.Number >= oldest)
            .SelectMany(info => info.Chain.Append(info.Number)));
        return numbers;
    }

    private static long Root(SnapshotInfo info) => info.IsFull ? info.Number : info.Chain[0];

    private static string? ChainProblem(SnapshotInfo info, Dictionary<long, SnapshotInfo> known)
    {
        foreach (long number in info.Chain)
        {
            bool there = known.TryGetValue(number, out SnapshotInfo? older);
            if (!there || older!.Problem is not null)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"builds upon snapshot {number}, which is {(there ? "damaged" : "missing")}");
            }
        }

        return null;
    }
}
