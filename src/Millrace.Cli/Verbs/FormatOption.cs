using System.CommandLine;

namespace Millrace.Cli.Verbs;

/// <summary>The <c>--format</c> of verbs that print a result.</summary>
internal static class FormatOption
{
    public const string Json = "json";

    /// <param name="others">The formats for people; the first is the default.</param>
    public static Option<string> Create(params string[] others)
    {
        Option<string> option = new("--format")
        {
            Description = $"How to print: {string.Join(", ", others.Append(Json))}",
            DefaultValueFactory = _ => others[0],
        };
        option.AcceptOnlyFromAmong([.. others, Json]);
        return option;
    }
}
