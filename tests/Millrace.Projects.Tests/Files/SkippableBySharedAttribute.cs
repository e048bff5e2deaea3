using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>A test that needs a folder of the reference material; it is skipped, and says so, where that is
/// missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SkippableBySharedAttribute : FactAttribute
{
    public SkippableBySharedAttribute(string folder)
    {
        if (Checkout.Shared(folder) is null)
        {
            Skip = $"../shared/{folder} is not there (MILLRACE_SHARED names another place)";
        }
    }
}
