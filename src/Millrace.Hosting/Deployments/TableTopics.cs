using Millrace.Hosting.Graph;
using Millrace.Projects;

namespace Millrace.Hosting.Deployments;

/// <summary>The topics that go with a table, by the names that they have in the project.</summary>
internal static class TableTopics
{
    /// <summary>What is written for a table: of a source its <c>$bad</c>.</summary>
    public static IEnumerable<string> Written(CompiledTable table) => table is CompiledSource
        ? [SideTopics.Bad(table.Name)]
        : [table.Topic.Name, SideTopics.Bad(table.Name), SideTopics.Late(table.Name)];

    public static IEnumerable<string> Written(CompiledProject project) =>
        project.Sources.Concat<CompiledTable>(project.Models).SelectMany(Written);
}
