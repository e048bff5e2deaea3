using System.Text.Json;
using System.Text.Json.Serialization;
using Millrace.Projects;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Deployments;

/// <summary>
/// The projects' files in a data folder: <c>projects/&lt;deployment&gt;.json</c>, one file per deployment, whole or not
/// there.
/// </summary>
internal sealed class ProjectArchive(IDisk disk, string dataFolder)
{
    private readonly string folder = dataFolder + "/projects";

    /// <summary>Keeps the files of a deployment, durably.</summary>
    public void Write(long deployment, ProjectSources sources)
    {
        Stored stored = new(sources.FolderName, new SortedDictionary<string, string>(
            sources.Texts.ToDictionary(), StringComparer.Ordinal));
        disk.CreateDirectory(folder);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(stored, StoredProject.Default.Stored);
        SealedFile.Write(disk, PathOf(deployment), text);
        disk.SyncDirectory(dataFolder);
    }

    /// <summary>Compiles a deployment's project as it was.</summary>
    /// <exception cref="DamageFault">It is not there, or not as it was written.</exception>
    /// <exception cref="DeploymentFault">It is no longer a project.</exception>
    public CompiledProject Compile(long deployment, ProjectSources current)
    {
        Stored stored = Read(deployment);
        ProjectCompilation compilation = current.Compile(stored.Name, stored.Files);
        return compilation.Project ?? throw new DeploymentFault(
            $"the project that the data comes from does not compile any more: {compilation.Problem}");
    }

    /// <summary>Removes the files of deployments before one.</summary>
    public void RemoveBefore(long deployment)
    {
        foreach (string name in disk.List(folder))
        {
            if (!long.TryParse(Path.GetFileNameWithoutExtension(name), out long number) || number < deployment)
            {
                disk.Delete($"{folder}/{name}");
            }
        }
    }

    private Stored Read(long deployment)
    {
        string path = PathOf(deployment);
        try
        {
            if (disk.FileExists(path)
                && JsonSerializer.Deserialize(SealedFile.Read(disk, path), StoredProject.Default.Stored) is { } stored)
            {
                return stored;
            }
        }
        catch (Exception e) when (e is JsonException or DamageFault)
        {
            // Said below: it is there, and not what was written.
        }

        throw new DamageFault(path, -1, "the project that the data comes from is missing or damaged");
    }

    private string PathOf(long deployment) => $"{folder}/{deployment}.json";

    /// <summary>What such a file holds.</summary>
    internal sealed record Stored(string Name, SortedDictionary<string, string> Files);
}

/// <summary>How the files are written, made by the compiler: a start that has to find it out takes longer.</summary>
[JsonSerializable(typeof(ProjectArchive.Stored))]
internal sealed partial class StoredProject : JsonSerializerContext;
