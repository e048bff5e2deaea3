using System.Text;

namespace Millrace.Projects.Tests;

/// <summary>Writes the reference of keys from the sets that the reader checks by.</summary>
internal sealed class KeyReference
{
    private readonly StringBuilder text = new();
    private readonly HashSet<KeySet> told = new(ReferenceEqualityComparer.Instance);

    public static string Write()
    {
        KeyReference reference = new();
        reference.text.Append(
            """
            # Every key

            Written from the sets that Millrace checks your files by: `MILLRACE_UPDATE_SPECS=1` and the tests of
            Millrace.Projects. *for people*: kept and shown, changes no row. *when deployed*: read when the project
            goes to Kafka and Flink, without effect in the embedded runtime. *not yet*: refused. *no effect yet*:
            accepted with a warning.


            """);
        reference.Section("Files under sources, models, tests, exposures", "", FileKeys.Part);
        reference.Section("millrace.yml, stream_project.yml", "", FileKeys.Project);
        reference.Section("Files under environments", "", FileKeys.Environment);
        return reference.text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The path of every key: <c>sources[].freshness.warn_after</c>.</summary>
    public static IEnumerable<string> Paths(KeySet keys, string path = "") => keys.Keys.SelectMany(
        k => (k.Nested is null ? [] : Paths(k.Nested, Below(path, k))).Prepend(Below(path, k)));

    private void Section(string title, string path, KeySet keys)
    {
        text.Append("## ").Append(title).Append("\n\n| key | value | meaning |\n|---|---|---|\n");
        foreach (YamlKey key in keys.Keys)
        {
            text.Append("| `").Append(
                key.Name).Append("` | ").Append(key.Value).Append(" | ").Append(Meaning(key)).Append(" |\n");
        }

        text.Append('\n');
        foreach (YamlKey key in keys.Keys.Where(k => k.Nested is not null && told.Add(k.Nested)))
        {
            string below = Below(path, key);
            Section($"`{below}`", below, key.Nested!);
        }
    }

    private static string Below(string path, YamlKey key)
    {
        string name = key.Value.Contains("list", StringComparison.Ordinal)
            && key.Nested is not null ? $"{key.Name}[]" : key.Name;
        return path.Length == 0 ? name : $"{path}.{name}";
    }

    private static string Meaning(YamlKey key) => key.Use switch
    {
        KeyUse.Described => $"{key.Meaning} *(for people)*",
        KeyUse.Deployed => $"{key.Meaning} *(when deployed)*",
        KeyUse.WithoutEffectYet => $"*no effect yet:* {key.Meaning}",
        KeyUse.NotYet => $"*not yet:* {key.Meaning}",
        _ => key.Meaning,
    };
}
