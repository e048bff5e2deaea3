using Millrace.Projects;

namespace Millrace.Hosting.Deployments;

/// <summary>What of a project is needed to compute some of its models.</summary>
internal static class Closure
{
    /// <summary>The project with those models, all that they read, and nothing else.</summary>
    public static CompiledProject Of(CompiledProject project, IEnumerable<string> models)
    {
        HashSet<string> needed = [.. models];
        foreach (CompiledModel model in project.Models.Reverse().Where(m => needed.Contains(m.Name)))
        {
            needed.UnionWith(model.Inputs);
        }

        return project with
        {
            Sources = [.. project.Sources.Where(s => needed.Contains(s.Name))],
            Models = [.. project.Models.Where(m => needed.Contains(m.Name))],
        };
    }

    /// <summary>The names of a project's sources and models.</summary>
    public static IReadOnlySet<string> TablesOf(CompiledProject project) =>
        project.Sources.Concat<CompiledTable>(project.Models).Select(t => t.Name).ToHashSet();
}
