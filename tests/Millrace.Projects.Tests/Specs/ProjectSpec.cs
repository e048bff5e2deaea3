using System.Text;

namespace Millrace.Projects.Tests;

/// <summary>
/// A spec of projects: a text file with the project's files and what Millrace says to them.
/// <code>
/// What it shows, in free words.
/// --- sources/events.yml
/// sources: ..
/// --- .env
/// TOPIC=events
/// --- environment prod
/// --- now sources/events.yml
/// the file in the project that takes the place of the first; empty when it is gone
/// === diagnostics
/// sources/events.yml:2:5: error MR0507: ..
/// === validate
/// project shop ..
/// </code>
/// The parts behind <c>===</c> are golden: <c>MILLRACE_UPDATE_SPECS=1</c> writes them. Which parts a spec has is its
/// author's choice.
/// </summary>
internal sealed class ProjectSpec
{
    private ProjectSpec(string path)
    {
        Path = path;
    }

    public string Path { get; }

    public string Title { get; private set; } = "";

    public List<(string Path, string Text)> Files { get; } = [];

    /// <summary>The files that are others in the project that takes the place of this one.</summary>
    public List<(string Path, string Text)> Later { get; } = [];

    public string? Environment { get; private set; }

    /// <summary>The golden parts by name, in the order of the file.</summary>
    public List<(string Name, string Text)> Golden { get; } = [];

    public MemoryProjectFiles ProjectFiles => new([.. Files]);

    /// <summary>The files of the project that takes the place of this one.</summary>
    public MemoryProjectFiles LaterFiles => new(
        [.. Files.Where(f => Later.All(l => l.Path != f.Path)), .. Later.Where(l => l.Text.Trim().Length > 0)]);

    public static IEnumerable<string> All() => Directory
        .EnumerateFiles(
            System.IO.Path.Combine(Checkout.Root, "specs", "project"), "*.spec", SearchOption.AllDirectories)
        .Select(p => System.IO.Path.GetRelativePath(Checkout.Root, p).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static ProjectSpec Read(string path)
    {
        ProjectSpec spec = new(path);
        string mark = "";
        StringBuilder text = new();
        foreach (string line in File.ReadAllText(System.IO.Path.Combine(Checkout.Root, path)).TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("=== ", StringComparison.Ordinal))
            {
                spec.Add(mark, text.ToString());
                (mark, text) = (line, new StringBuilder());
            }
            else
            {
                text.Append(line).Append('\n');
            }
        }

        spec.Add(mark, text.ToString());
        return spec;
    }

    /// <summary>Writes the spec back with other golden parts.</summary>
    public void Write(IEnumerable<(string Name, string Text)> golden)
    {
        StringBuilder text = new(Title);
        foreach ((string path, string content) in Files)
        {
            text.Append("--- ").Append(path).Append('\n').Append(content);
        }

        foreach ((string path, string content) in Later)
        {
            text.Append("--- now ").Append(path).Append('\n').Append(content);
        }

        if (Environment is not null)
        {
            text.Append("--- environment ").Append(Environment).Append('\n');
        }

        foreach ((string name, string content) in golden)
        {
            text.Append("=== ").Append(name).Append('\n').Append(content);
        }

        File.WriteAllText(System.IO.Path.Combine(Checkout.Root, Path), text.ToString());
    }

    private void Add(string mark, string text)
    {
        if (mark.Length == 0)
        {
            Title = text;
        }
        else if (mark.StartsWith("=== ", StringComparison.Ordinal))
        {
            Golden.Add((mark[4..].Trim(), text));
        }
        else if (mark.StartsWith("--- environment ", StringComparison.Ordinal))
        {
            Environment = mark["--- environment ".Length..].Trim();
        }
        else if (mark.StartsWith("--- now ", StringComparison.Ordinal))
        {
            Later.Add((mark["--- now ".Length..].Trim(), text));
        }
        else
        {
            Files.Add((mark[4..].Trim(), text));
        }
    }
}
