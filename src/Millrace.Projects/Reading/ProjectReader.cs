using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Reads all files of a project into its definition.</summary>
internal sealed class ProjectReader
{
    private const string Environments = "environments";
    private static readonly string[] RootFiles =
        ["millrace.yml", "millrace.yaml", "stream_project.yml", "stream_project.yaml"];
    private static readonly string[] Folders = ["sources", "models", "tests", "exposures", "experiments"];
    private readonly IProjectFiles files;
    private readonly ReaderContext context;
    private readonly ProjectDefinition project = new();

    private ProjectReader(IProjectFiles files, ReaderContext context)
    {
        this.files = files;
        this.context = context;
    }

    public static ProjectDefinition Read(IProjectFiles files, ProjectOptions options, ReaderContext context)
    {
        ProjectReader reader = new(files, context);
        reader.ReadAll(options);
        return reader.project;
    }

    private void ReadAll(ProjectOptions options)
    {
        int read = 0;
        foreach (string path in RootFiles)
        {
            ReadSections(path, FileKeys.Project);
        }

        foreach (string path in Folders.SelectMany(YamlFiles))
        {
            read++;
            ReadSections(path, FileKeys.Part);
        }

        ReadEnvironments(options.Environment);
        foreach ((string name, string value) in options.Vars)
        {
            project.Vars[name] = value;
        }

        if (read == 0 && project.Sources.Count == 0 && !context.Diagnostics.HasErrors)
        {
            context.Diagnostics.Add(DefinitionDiagnostics.NothingThere(files.FolderName));
        }
    }

    private void ReadEnvironments(string? chosen)
    {
        List<string> names = [];
        foreach (string path in YamlFiles(Environments))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            names.Add(name);
            if (ReadFile(path, FileKeys.Environment) is { } file && name == chosen)
            {
                ProjectFileReader.ReadVars(file, project);
            }
        }

        if (chosen is not null && !names.Contains(
            chosen, StringComparer.Ordinal) && files.Read($".env.{chosen}") is null)
        {
            context.Diagnostics.Add(DefinitionDiagnostics.UnknownEnvironment(chosen, names));
        }
    }

    private int ErrorCount => context.Diagnostics.Items.Count(d => d.IsError);

    private IEnumerable<string> YamlFiles(string folder) => files.List(folder)
        .Where(p => p.EndsWith(".yml", StringComparison.Ordinal) || p.EndsWith(".yaml", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private MappingReader? ReadFile(string path, KeySet keys)
    {
        if (files.Read(path) is not { } text)
        {
            return null;
        }

        SourceText source = new(path, text.TrimStart('\uFEFF'));
        int before = ErrorCount;
        YamlNode? root = YamlReader.Read(source, context.Diagnostics);
        project.IsComplete &= ErrorCount == before;
        if (root is null or YamlScalar { IsNull: true })
        {
            return null;
        }

        if (root is not YamlMapping mapping)
        {
            string names = string.Join(", ", keys.Keys.Select(k => $"{k.Name}:"));
            context.Diagnostics.Add(
                YamlDiagnostics.WrongType(root.Location, path, $"a mapping with one of {names}", root.Kind));
            return null;
        }

        new KeyChecker(context.Diagnostics).Check(mapping, keys);
        return new MappingReader(mapping, context);
    }

    private void ReadSections(string path, KeySet keys)
    {
        int before = ErrorCount;
        int sources = project.Sources.Count;
        if (ReadFile(path, keys) is not { } file)
        {
            return;
        }

        if (keys == FileKeys.Project)
        {
            ProjectFileReader.Read(file, project);
        }

        ReadSections(file);
        bool declares = project.Sources.Count > sources || file.Entry("sources") is not null;
        project.AreSourcesSound &= !declares || ErrorCount == before;
    }

    private void ReadSections(MappingReader file)
    {
        foreach (MappingReader reader in file.Mappings("sources", "- name: .."))
        {
            if (SourceReader.Read(reader) is { } source)
            {
                project.Sources.Add(source);
                AddColumnTests(ColumnReader.ReadTests(reader, source.Name, isSource: true, source.Location));
            }
        }

        foreach (MappingReader reader in file.Mappings("models", "- name: .."))
        {
            ReadModel(reader);
        }

        project.Tests.AddRange(file.Mappings("tests", "- name: ..").Select(TestReader.Read).OfType<TestDeclaration>());
        project.Exposures.AddRange(
            file.Mappings("exposures", "- name: ..").Select(ExposureReader.Read).OfType<ExposureDefinition>());
    }

    private void ReadModel(MappingReader reader)
    {
        int before = project.Models.Count;
        ModelReader.Read(reader, project);
        if (project.Models.Count > before)
        {
            ModelDefinition model = project.Models[before];
            AddColumnTests(ColumnReader.ReadTests(reader, model.Name, isSource: false, model.Location));
        }
    }

    private void AddColumnTests(TestDeclaration? tests)
    {
        if (tests is not null)
        {
            project.Tests.Add(tests);
        }
    }
}
