namespace Millrace.Projects;

/// <summary>Reads <c>millrace.yml</c>, <c>stream_project.yml</c> and environments: what holds for the whole
/// project.</summary>
internal static class ProjectFileReader
{
    public static void Read(MappingReader reader, ProjectDefinition project)
    {
        MappingReader? about = reader.Mapping("project");
        project.Name = about?.Text("name") ?? reader.Text("name") ?? project.Name;
        project.Version = about?.Prose("version") ?? reader.Prose("version") ?? project.Version;
        project.Description = about?.Prose("description") ?? reader.Prose("description") ?? project.Description;
        ReadVars(reader, project);
        ReadRuntime(reader);
        if (reader.Mapping("defaults") is { } defaults)
        {
            project.TopicDefaults = TopicReader.Read(defaults.Mapping("topic"));
            project.ModelTopicDefaults = TopicReader.Read(defaults.Mapping("models")?.Mapping("topic"));
        }
    }

    /// <summary>An environment's variables win over the project's.</summary>
    public static void ReadVars(MappingReader reader, ProjectDefinition project)
    {
        foreach (YamlEntry entry in reader.Mapping("vars")?.Entries ?? [])
        {
            if (reader.Mapping("vars")!.Text(entry.Key.Value) is { } value)
            {
                project.Vars[entry.Key.Value] = value.Value;
            }
        }
    }

    private static void ReadRuntime(MappingReader reader)
    {
        if (reader.Entry("runtime") is { Value: YamlScalar scalar } && scalar.Value != "embedded")
        {
            reader.Diagnostics.Add(YamlDiagnostics.NotOneOf(scalar.Location, "runtime", scalar.Value, ["embedded"]));
        }
    }
}
