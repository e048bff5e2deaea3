using Xunit;

namespace Millrace.Sql.Tests.Corpus;

/// <summary>The folder of facts beside the checkout (<c>../shared</c>, or what MILLRACE_SHARED names); it may be
/// absent.</summary>
public static class SharedFolder
{
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("MILLRACE_SHARED");
        string path = named is { Length: > 0 } ? named : System.IO.Path.Combine(Checkout.Root, "..", "shared");
        return Directory.Exists(path) ? path : null;
    }
}

/// <summary>A test over <see cref="SharedFolder"/>; skipped aloud where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        Skip = SharedFolder.Path is null ? "../shared is not beside the checkout" : null;
    }
}
