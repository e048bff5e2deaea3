using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// Compiles a project: files → definitions → graph → types → <see cref="CompiledProject"/>. A pure function of the
/// files and the options; the user's mistakes come back as diagnostics, all that can be found at once, and never as
/// exceptions.
/// </summary>
public static class ProjectCompiler
{
    public static ProjectCompilation Compile(IProjectFiles files, ProjectOptions options)
    {
        DiagnosticBag bag = new();
        ReaderContext context = new(bag, EnvironmentVariables.Load(files, options));
        ProjectDefinition definition = ProjectReader.Read(files, options, context);
        InferenceLog log = new();
        CompiledProject? project = definition.IsComplete ? Compile(definition, files.FolderName, context, log) : null;
        IReadOnlyList<Diagnostic> diagnostics = DiagnosticOrder.Sort(bag.Items);
        return new ProjectCompilation(bag.HasErrors ? null : project, diagnostics);
    }

    private static CompiledProject? Compile(
        ProjectDefinition definition, string folder, ReaderContext context, InferenceLog log)
    {
        TableNames names = new(definition, context.Diagnostics);
        IReadOnlyList<ModelNode> nodes = ModelGraph.Order(definition, names, context);
        definition.References().ToList().ForEach(r => names.Resolve(r));
        definition.SinkInputs.ForEach(names.Check);

        if (!definition.AreSourcesSound)
        {
            return null;
        }

        TypedProject typed = TypeInference.Run(definition, nodes, context.Diagnostics);
        new ColumnChecks(typed, context.Diagnostics).Check(definition);
        VersionUses versions = new(typed, context.Diagnostics);
        return context.Diagnostics.HasErrors ? null : Assemble(definition, typed, versions, folder, log);
    }

    private static CompiledProject Assemble(
        ProjectDefinition definition, TypedProject typed, VersionUses versions, string folder, InferenceLog log)
    {
        if (definition.Name is null)
        {
            log.Add(InferenceKind.ProjectName, "project", folder, "it is the folder's name");
        }

        TableCompiler tables = new(definition, typed, versions, log);
        CompiledSource[] sources = [.. definition.Sources.Select(tables.Source)];
        CompiledModel[] models = [.. typed.Nodes.Select(tables.Model)];
        ProjectDefaults.LogRetention([.. sources, .. models], log);
        return new CompiledProject
        {
            Name = definition.Name?.Value ?? folder,
            Version = definition.Version,
            Description = definition.Description,
            Sources = sources,
            Models = models,
            CheckpointIntervalMs = ProjectDefaults.CheckpointIntervalMs(models, log),
            Tests = [.. definition.Tests.Select(t => t.Test)],
            Exposures = definition.Exposures,
            Inferences = log.Items,
        };
    }
}
