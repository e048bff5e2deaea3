namespace Millrace.Projects.Tests;

/// <summary>The example project, the seven files of the first user.</summary>
internal static class SeedFiles
{
    public static string Folder => Path.Combine(Checkout.Root, "examples", "ecommerce");

    public static IReadOnlyList<string> Paths { get; } =
    [
        "exposures/services.yml", "models/events_clean.yml", "models/events_enriched.yml",
        "models/product_popularity.yml",
        "models/user_sessions.yml", "sources/events.yml", "tests/events_tests.yml",
    ];

    public static MemoryProjectFiles Load() =>
        new([.. Paths.Select(p => (p, File.ReadAllText(Path.Combine(Folder, p))))]);
}
