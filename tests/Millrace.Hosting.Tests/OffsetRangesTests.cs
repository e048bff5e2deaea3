using FsCheck.Xunit;
using Millrace.Hosting.Replaying;

namespace Millrace.Hosting.Tests;

/// <summary>A set of offsets beside a plain set.</summary>
public sealed class OffsetRangesTests
{
    [Property(MaxTest = 500)]
    public bool It_holds_what_was_added_in_ranges_that_do_not_touch((byte First, byte Length)[] added)
    {
        OffsetRanges ranges = new();
        HashSet<long> oracle = [];
        foreach ((byte first, byte length) in added)
        {
            int last = first + (length % 8);
            ranges.Add(first, last);
            oracle.UnionWith(Enumerable.Range(first, last - first + 1).Select(o => (long)o));
        }

        bool areApart = ranges.Ranges.Zip(ranges.Ranges.Skip(1)).All(p => p.First.Last + 1 < p.Second.First);
        return areApart && Enumerable.Range(0, 300).All(o => ranges.Contains(o) == oracle.Contains(o));
    }
}
