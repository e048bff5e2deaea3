using System.Text;

namespace Millrace.Tidy.Completeness;

/// <summary>Law 9: whoever adds a construct adds its stages. Takes what exists as a question, so that a test can make
/// it up.</summary>
/// <param name="Exists">Whether a path of the repository exists.</param>
public sealed record CompletenessRule(Predicate<string> Exists)
{
    /// <summary>A plan node has an operator of its stem and a folder of specs.</summary>
    public IEnumerable<string> Node(string name) =>
        Missing($"plan node {name}", $"src/Millrace.Engine/Operators/{name}Operator.cs", $"specs/sql/{Snake(name)}");

    /// <summary>A function has a folder of specs.</summary>
    /// <param name="kind"><c>functions</c> or <c>aggregates</c>.</param>
    /// <param name="name">Its field's name: <c>IsNotNull</c>.</param>
    public IEnumerable<string> Function(string kind, string name) =>
        Missing($"{name} of {kind}", $"specs/{kind}/{Snake(name)}");

    public static string Snake(string name)
    {
        StringBuilder text = new();
        foreach (char c in name)
        {
            text.Append(char.IsUpper(c) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private IEnumerable<string> Missing(string what, params string[] paths) =>
        paths.Where(p => !Exists(p)).Select(p => $"{what} lacks {p}");
}
