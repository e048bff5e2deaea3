using Xunit;

namespace Millrace.Conformance;

/// <summary>A test over the corpus beside the checkout; where there is none it says so and is skipped.</summary>
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute()
    {
        if (Checkout.Corpus() is null)
        {
            Skip = "needs ../shared/conformance beside the checkout (MILLRACE_SHARED overrides ../shared)";
        }
    }
}
