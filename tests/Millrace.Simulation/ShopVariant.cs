using System.Collections.Concurrent;
using Millrace.Hosting.Deployments;
using Millrace.Projects;

namespace Millrace.Simulation;

/// <summary>
/// The example's project with other numbers of partitions and small segments. Variants are compiled once each.
/// </summary>
internal sealed record ShopVariant(
    int Events, int Sessions, int Products, int SegmentBytes, int CheckpointMs, string? Dedup, ShopEdits Edits,
    string SourcesKeep, string ModelsKeep)
{
    private static readonly int[] Partitions = [1, 2, 3];
    private static readonly int[] Sizes = [1024, 4096, 1 << 20];
    private static readonly int[] Intervals = [50, 400, 60_000];
    private static readonly string?[] Windows = [null, null, "24h", "90s"];
    private static readonly string[] Policies =
        ["", ", retention.bytes: 3000", ", retention.ms: 60000", ", cleanup.policy: compact"];

    private static readonly ConcurrentDictionary<ShopVariant, CompiledProject> Compiled = [];
    private static readonly Dictionary<string, string> Files = ReadExample();

    public static ShopVariant Of(Random random) => new(
        Partitions[random.Next(Partitions.Length)], Partitions[random.Next(Partitions.Length)],
        Partitions[random.Next(2)], Sizes[random.Next(Sizes.Length)], Intervals[random.Next(Intervals.Length)],
        Windows[random.Next(Windows.Length)],
        ShopEdits.None, "", "");

    /// <summary>The same with topics that do not keep everything.</summary>
    public ShopVariant Forgetting(Random random) => this with
    {
        SegmentBytes = Sizes[random.Next(2)],
        SourcesKeep = Policies[random.Next(Policies.Length)],
        ModelsKeep = Policies[random.Next(Policies.Length)],
    };

    /// <summary>Whether the topics keep everything.</summary>
    public bool KeepsAll => SourcesKeep.Length + ModelsKeep.Length == 0;

    public static ShopEdits AnyEdits(Random random) => (ShopEdits)(random.Next() & random.Next() & (int)ShopEdits.All);

    /// <summary>The files that it is compiled from.</summary>
    public ProjectSources Sources() => new(new VariantFiles(this), new ProjectOptions());

    public CompiledProject Compile() => Compiled.GetOrAdd(this, static variant =>
    {
        ProjectCompilation compilation = ProjectCompiler.Compile(new VariantFiles(variant), new ProjectOptions());
        return compilation.Project
            ?? throw new InvalidOperationException(string.Join('\n', compilation.Diagnostics));
    });

    private static Dictionary<string, string> ReadExample()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Millrace.slnx")))
        {
            root = root.Parent;
        }

        string folder = Path.Combine(
            root?.FullName ?? throw new InvalidOperationException("not within a checkout"), "examples", "ecommerce");
        return new[] { "sources", "models" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(folder, f), "*.yml"))
            .ToDictionary(p => Path.GetRelativePath(folder, p).Replace('\\', '/'), File.ReadAllText);
    }

    private string? Text(string path)
    {
        if (ShopEdit.Apply(Edits, path, Files[path]) is not { } text)
        {
            return null;
        }

        int partitions = path switch
        {
            "models/user_sessions.yml" => Sessions,
            "models/product_popularity.yml" => Products,
            _ => Events,
        };
        int at = text.IndexOf("partitions: ", StringComparison.Ordinal);
        if (at >= 0)
        {
            int end = text.IndexOf('\n', at);
            string config = $"config: {{ segment.bytes: {SegmentBytes}{ModelsKeep} }}";
            text = $"{text[..at]}partitions: {partitions}\n        {config}{text[end..]}";
        }

        foreach (string source in SourcesKeep.Length > 0 ? new[] { "clickstream", "products" } : [])
        {
            string topic = $"topic: ecom.{source}.v1";
            string keep = $"advanced: {{ topic: {{ config: {{ segment.bytes: {SegmentBytes}{SourcesKeep} }} }} }}";
            text = text.Replace(topic, $"{topic}\n    {keep}", StringComparison.Ordinal);
        }

        if (Dedup is not null)
        {
            const string Clicks = "topic: ecom.clickstream.v1";
            text = text.Replace(
                Clicks, $"{Clicks}\n    dedup: {{ key: event_id, window: {Dedup} }}", StringComparison.Ordinal);
        }

        return text
            .Replace("checkpoint_interval: 30000", $"checkpoint_interval: {CheckpointMs}", StringComparison.Ordinal)
            .Replace("checkpoint_interval: 60000", $"checkpoint_interval: {CheckpointMs}", StringComparison.Ordinal);
    }

    private sealed class VariantFiles(ShopVariant variant) : IProjectFiles
    {
        public string FolderName => "ecommerce";

        public IReadOnlyList<string> List(string folder) =>
            [.. Files.Keys.Where(f => f.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)
                && variant.Text(f) is not null)];

        public string? Read(string path) => Files.ContainsKey(path) ? variant.Text(path) : null;
    }
}
