namespace Millrace.Projects;

/// <summary>
/// The variables that <c>${NAME}</c> may name: those of the process, then those of <c>.env.&lt;environment&gt;</c>,
/// then those of
/// <c>.env</c>.
/// </summary>
internal sealed class EnvironmentVariables
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public static EnvironmentVariables Load(IProjectFiles files, ProjectOptions options)
    {
        EnvironmentVariables variables = new();
        variables.AddFile(files.Read(".env"));
        if (options.Environment is { } environment)
        {
            variables.AddFile(files.Read($".env.{environment}"));
        }

        foreach ((string name, string value) in options.EnvironmentVariables)
        {
            variables.values[name] = value;
        }

        return variables;
    }

    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>Lines <c>NAME=value</c>; <c>#</c> begins a comment line, <c>export</c> and quotes around the value are
    /// dropped.</summary>
    private void AddFile(string? text)
    {
        foreach (string raw in (text ?? "").Split('\n'))
        {
            string line = raw.Trim();
            line = line.StartsWith("export ", StringComparison.Ordinal) ? line[7..].TrimStart() : line;
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[0] != '#')
            {
                values[line[..equals].TrimEnd()] = Unquote(line[(equals + 1)..].Trim());
            }
        }
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
