using Xunit;

namespace Millrace.Hosting.Tests.Support;

/// <summary>
/// A test that needs real inputs beside the checkout, and programs to prepare them; else it is skipped and says why.
/// </summary>
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string folder, params string[] programs)
    {
        string path = Path.Combine(Checkout.Shared, folder);
        string[] search = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!Directory.Exists(path))
        {
            Skip = $"{path} is missing";
        }
        else if (Array.Find(programs, p => !search.Any(f => File.Exists(Path.Combine(f, p)))) is { } program)
        {
            Skip = $"{program} is missing";
        }
    }
}
