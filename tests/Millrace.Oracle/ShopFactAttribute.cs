using Millrace.Oracle.Inputs;
using Xunit;

namespace Millrace.Oracle;

/// <summary>
/// A test over a real shop's data beside the checkout; where there is none it says so and is skipped.
/// </summary>
public sealed class ShopFactAttribute : FactAttribute
{
    public ShopFactAttribute(string name)
    {
        if (ShopFiles.Folder(name) is null)
        {
            Skip = $"needs ../shared/data/{name} beside the checkout (MILLRACE_SHARED overrides ../shared)";
        }
    }
}
