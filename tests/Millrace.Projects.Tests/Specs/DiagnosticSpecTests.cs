using System.Text.RegularExpressions;
using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>Every mistake that this project can report has a spec that shows it.</summary>
public sealed partial class DiagnosticSpecTests
{
    [Fact]
    public void Every_code_has_a_spec()
    {
        string specs = string.Concat(ProjectSpec.All().Select(p => File.ReadAllText(Path.Combine(Checkout.Root, p))));
        string[] missing = [.. Codes().Where(c => !specs.Contains($" {c}: ", StringComparison.Ordinal))];
        Assert.True(missing.Length == 0, $"no spec shows {string.Join(", ", missing)}");
    }

    private static string[] Codes() =>
    [
        .. Directory.EnumerateFiles(
            Path.Combine(Checkout.Root, "src", "Millrace.Projects"), "*Diagnostics.cs", SearchOption.AllDirectories)
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("\"(MR[0-9]{4})\"", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
