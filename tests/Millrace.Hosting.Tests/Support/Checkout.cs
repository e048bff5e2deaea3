namespace Millrace.Hosting.Tests.Support;

/// <summary>Where this checkout is, and what may lie beside it.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of real inputs and expected answers; it may be missing.</summary>
    public static string Shared { get; } =
        Environment.GetEnvironmentVariable("MILLRACE_SHARED") ?? Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Millrace.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not within a checkout");
        }

        return folder;
    }
}
