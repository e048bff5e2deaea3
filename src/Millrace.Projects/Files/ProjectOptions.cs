namespace Millrace.Projects;

/// <summary>What surrounds a project when it is compiled.</summary>
public sealed record ProjectOptions
{
    /// <summary>The process's environment variables; they win over those of <c>.env</c> files.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>The chosen environment: <c>environments/&lt;name&gt;.yml</c> and <c>.env.&lt;name&gt;</c>; or
    /// null.</summary>
    public string? Environment { get; init; }

    /// <summary>Values of <c>var(..)</c> that win over those in files.</summary>
    public IReadOnlyDictionary<string, string> Vars { get; init; } = new Dictionary<string, string>();
}
