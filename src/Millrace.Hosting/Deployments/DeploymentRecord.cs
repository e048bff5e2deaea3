using System.Text.Json;
using Millrace.Hosting.Graph;
using Millrace.Projects;

namespace Millrace.Hosting.Deployments;

/// <summary>What the ledger says of a deployment. JSON.</summary>
internal sealed record DeploymentRecord
{
    /// <summary>Where in the log it took over from the one before.</summary>
    public long Position { get; init; }

    /// <summary>Whether the project's files are kept.</summary>
    public bool HasFiles { get; init; }

    /// <summary>The topics whose name in the folder is not the one in the project, by the latter.</summary>
    public Dictionary<string, string> Topics { get; init; } = [];

    /// <summary>Topics of models that are gone, by their names in the folder: kept until they are pruned.</summary>
    public List<string> Retired { get; init; } = [];

    public TopicNames Names => new(Topics);

    public static DeploymentRecord Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<DeploymentRecord>(json) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new DeploymentFault($"what the ledger says of the deployment cannot be read: {e.Message}");
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>The names in the folder of all topics that a project's models write, side topics too.</summary>
    public IEnumerable<string> WrittenBy(CompiledProject project) =>
        TableTopics.Written(project).Select(Names.PhysicalOf);
}
