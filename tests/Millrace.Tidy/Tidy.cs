using Xunit;

namespace Millrace.Tidy;

/// <summary>How a rule speaks: a list of violations, each with a place and what to do; none is what is
/// wanted.</summary>
internal static class Tidy
{
    public static void None(IEnumerable<string> violations)
    {
        List<string> found = [.. violations];
        Assert.True(found.Count == 0, string.Join('\n', found.Prepend($"{found.Count} to tidy:")));
    }

    /// <summary>A rule's self-test: it must say this about a bad example.</summary>
    public static void Says(string expected, IEnumerable<string> violations)
    {
        List<string> found = [.. violations];
        Assert.True(found.Exists(v => v.Contains(expected, StringComparison.Ordinal)),
            $"the rule should have said \"{expected}\", it said: {string.Join('\n', found)}");
    }
}
