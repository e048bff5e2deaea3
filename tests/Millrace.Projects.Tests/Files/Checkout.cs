namespace Millrace.Projects.Tests;

/// <summary>The checkout that the tests run in.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>A folder of the reference material beside the checkout, or null where it is missing.</summary>
    public static string? Shared(string path)
    {
        string root = Environment.GetEnvironmentVariable("MILLRACE_SHARED") ?? Path.Combine(Root, "..", "shared");
        string full = Path.Combine(root, path);
        return Directory.Exists(full) ? full : null;
    }

    /// <summary>Whether golden files are to be written instead of compared.</summary>
    public static bool IsUpdating => Environment.GetEnvironmentVariable("MILLRACE_UPDATE_SPECS") == "1";

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Millrace.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("the tests do not run inside a checkout");
    }
}
