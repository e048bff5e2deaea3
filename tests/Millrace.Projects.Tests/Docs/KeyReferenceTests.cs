using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>The reference of keys is complete: it is what the checker knows.</summary>
public sealed class KeyReferenceTests
{
    private static readonly string File = Path.Combine(Checkout.Root, "docs", "yaml", "reference.md");

    [Fact]
    public void Every_key_is_documented()
    {
        string expected = KeyReference.Write();
        if (Checkout.IsUpdating)
        {
            System.IO.File.WriteAllText(File, expected);
        }

        Assert.Equal(expected, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Every_key_says_what_it_does()
    {
        foreach (KeySet root in new[] { FileKeys.Part, FileKeys.Project, FileKeys.Environment })
        {
            Check(root);
        }
    }

    [Fact]
    public void The_walk_reaches_the_depths()
    {
        string[] paths = [.. KeyReference.Paths(FileKeys.Part)];
        Assert.Contains("sources[].freshness.warn_after", paths);
        Assert.Contains("models[].advanced.topic.partitions", paths);
        Assert.Contains("tests[].assertions[].max_lag.seconds", paths);
        Assert.Contains("exposures[].sla.latency_p99_ms", paths);
    }

    private static void Check(KeySet keys)
    {
        Assert.Equal(keys.Keys.Length, keys.Keys.DistinctBy(k => k.Name).Count());
        foreach (YamlKey key in keys.Keys)
        {
            Assert.False(string.IsNullOrWhiteSpace(key.Meaning), key.Name);
            Assert.False(string.IsNullOrWhiteSpace(key.Value), key.Name);
            if (key.Nested is not null)
            {
                Check(key.Nested);
            }
        }
    }
}
