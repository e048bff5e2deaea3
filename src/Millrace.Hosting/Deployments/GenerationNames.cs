using Millrace.Projects;

namespace Millrace.Hosting.Deployments;

/// <summary>
/// Gives the topics of a changed project their names in the folder. What goes on keeps its name; what is computed anew
/// gets one that is free: the topic's own, or with a generation behind it, <c>sessions~2</c>.
/// </summary>
internal static class GenerationNames
{
    /// <param name="target">The changed project.</param>
    /// <param name="changes">Against the one that runs.</param>
    /// <param name="before">The names of that one.</param>
    /// <param name="isTaken">Whether the folder has a topic of a name.</param>
    /// <returns>The names that are not the topics' own.</returns>
    public static Dictionary<string, string> Of(
        CompiledProject target, ProjectChanges changes, DeploymentRecord before, Func<string, bool> isTaken)
    {
        Dictionary<string, string> names = [];
        HashSet<string> given = [];
        foreach (CompiledTable table in target.Sources.Concat<CompiledTable>(target.Models))
        {
            bool isAnew = changes.Find(table.Name)!.Kind is ChangeKind.Rebuilt or ChangeKind.Added;
            foreach (string topic in TableTopics.Written(table))
            {
                string name = isAnew
                    ? Free(topic, n => isTaken(n) || given.Contains(n))
                    : before.Names.PhysicalOf(topic);
                given.Add(name);
                if (name != topic)
                {
                    names[topic] = name;
                }
            }
        }

        return names;
    }

    private static string Free(string topic, Func<string, bool> isTaken)
    {
        string name = topic;
        for (int generation = 2; isTaken(name); generation++)
        {
            name = $"{topic}~{generation}";
        }

        return name;
    }
}
