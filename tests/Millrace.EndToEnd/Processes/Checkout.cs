using System.Reflection;

namespace Millrace.EndToEnd.Processes;

/// <summary>Where this checkout has the program and the example.</summary>
internal static class Checkout
{
    public static readonly string Root = FindRoot();

    /// <summary>The program, of the configuration in which these tests were built.</summary>
    public static readonly string Program = Path.Combine(Root, "src", "Millrace.Cli", "bin",
        typeof(Checkout).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration,
        "net10.0", "millrace.dll");

    /// <summary>The seed's project, unmodified.</summary>
    public static readonly string Example = Path.Combine(Root, "examples", "ecommerce");

    /// <summary>Copies the example and edits one of its files there.</summary>
    public static string CopyExample(TempFolder folder, string file, Func<string, string> edit)
    {
        string copy = folder["ecommerce"];
        foreach (string path in Directory.EnumerateFiles(Example, "*.yml", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Example, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        string edited = Path.Combine(copy, file);
        string before = File.ReadAllText(edited);
        string after = edit(before);
        File.WriteAllText(edited, after != before ? after : throw new InvalidOperationException($"{file}: no change"));
        return copy;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Millrace.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("no Millrace.slnx above the tests");
    }
}
