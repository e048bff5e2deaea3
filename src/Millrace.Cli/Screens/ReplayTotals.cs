using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millrace.Cli.Screens;

/// <summary>What the pages of a replay came to.</summary>
/// <param name="from">The topic.</param>
/// <param name="isDryRun">Whether nothing was posted.</param>
internal sealed class ReplayTotals(string from, bool isDryRun)
{
    private const int MaxExamples = 5;

    public string From { get; } = from;

    public bool IsDryRun { get; } = isDryRun;

    public long Posted { get; private set; }

    public long StillBad { get; private set; }

    public long PostedBefore { get; private set; }

    public long Rebuilt { get; private set; }

    /// <summary>The models for which that is not so, where it is for others that read the source.</summary>
    public SortedSet<string> RebuiltWithout { get; } = [];

    public long OfModels { get; private set; }

    /// <summary>Lines of <c>--mended</c> for offsets at which the topic has no row.</summary>
    public long NotThere { get; set; }

    /// <summary>Rows that were looked at; each is counted once.</summary>
    [JsonIgnore]
    public long Looked => Posted + StillBad + PostedBefore + Rebuilt + OfModels;

    /// <summary>Where the next replay would go on.</summary>
    public long Next { get; private set; }

    /// <summary>Why some are still bad: offset, code, message.</summary>
    public List<JsonElement> Examples { get; } = [];

    public void Add(JsonElement page)
    {
        Posted += page.GetProperty("posted").GetInt64();
        StillBad += page.GetProperty("still_bad").GetInt64();
        PostedBefore += page.GetProperty("posted_before").GetInt64();
        Rebuilt += page.GetProperty("rebuilt").GetInt64();
        RebuiltWithout.UnionWith(page.GetProperty("rebuilt_without").EnumerateArray().Select(m => m.GetString()!));
        OfModels += page.GetProperty("of_models").GetInt64();
        Next = page.GetProperty("next").GetInt64();
        Examples.AddRange(page.GetProperty("examples").EnumerateArray().Take(MaxExamples - Examples.Count));
    }
}
