using System.Globalization;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// What a data folder shows of work that is under way, while it goes on and, when it was killed, afterwards. A trace is
/// a file and the time at which it was last written: one that an earlier process has left is none of this one's.
/// One object for each process, made before the process is.
/// <code>
/// snapshot     snapshots/*.new
/// compaction   topics/*/*/*.cleaned, *.swap
/// retention    topics/*/*/partition.meta.new; segments below the start that partition.meta tells
/// rebuild      topics/&lt;model&gt;, &lt;model&gt;~2: two of them
/// takeover     projects/*: another one, and either two of them or a model's two topics
/// </code>
/// </summary>
internal sealed class FolderTraces
{
    private const string Rebuilt = "ecom.page-visits.v1";
    private static readonly string[] Compacted = ["ecom.products.v1", "ecom.product-popularity.v1"];
    private static readonly string[] Shortened = ["ecom.clickstream.v1", "ecom.events-clean.v1"];

    private readonly string data;
    private readonly Dictionary<KillTarget, HashSet<string>> before;

    public FolderTraces(string data)
    {
        this.data = data;
        before = Kinds.ToDictionary(k => k, Find);
    }

    /// <summary>All that can be told from the folder.</summary>
    public static IReadOnlyList<KillTarget> Kinds { get; } =
    [
        KillTarget.Snapshot, KillTarget.Compaction, KillTarget.Retention, KillTarget.Rebuild, KillTarget.Takeover,
    ];

    /// <summary>Whether the process is in the middle of it, or was when it died.</summary>
    public bool IsUnderWay(KillTarget kind) => kind switch
    {
        KillTarget.Rebuild => HasNew(kind) && !HasNew(KillTarget.Takeover),
        KillTarget.Takeover => HasNew(kind) && (Find(kind).Count > 1 || Find(KillTarget.Rebuild).Count > 1),
        _ => HasNew(kind),
    };

    private bool HasNew(KillTarget kind) => !Find(kind).IsSubsetOf(before[kind]);

    // Files may go while they are looked for.
    private HashSet<string> Find(KillTarget kind)
    {
        try
        {
            return [.. PathsOf(kind).Select(Stamped)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private IEnumerable<string> PathsOf(KillTarget kind) => kind switch
    {
        KillTarget.Snapshot => FilesOf(Path.Combine(data, "snapshots")).Where(f => f.EndsWith(".new")),
        KillTarget.Compaction => PartitionsOf(Compacted).SelectMany(FilesOf)
            .Where(f => f.EndsWith(".cleaned") || f.EndsWith(".swap")),
        KillTarget.Retention => PartitionsOf(Shortened).SelectMany(Removed),
        KillTarget.Rebuild => GenerationsOf(Rebuilt) is { Length: > 1 } both ? both : [],
        KillTarget.Takeover => FilesOf(Path.Combine(data, "projects")),
        _ => [],
    };

    private static string Stamped(string path) => string.Create(
        CultureInfo.InvariantCulture, $"{path} {File.GetLastWriteTimeUtc(path).Ticks}");

    private static string[] FilesOf(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    private string[] GenerationsOf(string topic) => Directory.Exists(Path.Combine(data, "topics"))
        ? Directory.GetDirectories(Path.Combine(data, "topics"), topic + "*")
        : [];

    private IEnumerable<string> PartitionsOf(string[] topics) => topics
        .Select(t => Path.Combine(data, "topics", t)).Where(Directory.Exists).SelectMany(Directory.GetDirectories);

    // A segment is below the start when the one after it begins at or below it.
    private static IEnumerable<string> Removed(string partition)
    {
        string[] files = FilesOf(partition);
        string? meta = files.FirstOrDefault(f => f.EndsWith("partition.meta"));
        long start = meta is null ? 0 : StartIn(File.ReadLines(meta));
        string[] segments = [.. files.Where(f => f.EndsWith(".log")).Order(StringComparer.Ordinal)];
        return files.Where(f => f.EndsWith("partition.meta.new"))
            .Concat(segments.Where((_, i) => i + 1 < segments.Length && BaseOf(segments[i + 1]) <= start));
    }

    private static long StartIn(IEnumerable<string> lines) => long.Parse(
        lines.First(l => l.StartsWith("start=", StringComparison.Ordinal))["start=".Length..],
        CultureInfo.InvariantCulture);

    private static long BaseOf(string segment) =>
        long.Parse(Path.GetFileNameWithoutExtension(segment), CultureInfo.InvariantCulture);
}
