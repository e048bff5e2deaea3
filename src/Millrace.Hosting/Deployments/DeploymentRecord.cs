using System.Text.Json;
using System.Text.Json.Serialization;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Projects;
using Millrace.Storage.Topics;

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

    /// <summary>All topics that the project writes, side topics too, by their names in the folder.</summary>
    public List<string> Written { get; init; } = [];

    /// <summary>Topics of models that are gone, by their names in the folder: kept until they are pruned.</summary>
    public List<string> Retired { get; init; } = [];

    /// <summary>Where the topics that the project writes ended there, by topic in the folder and partition.</summary>
    public Dictionary<string, long[]> Ends { get; init; } = [];

    /// <summary>
    /// By model, the position below which it was computed at once from the log, with the project's own idea of what a
    /// record is; models that have gone on ever since the first deployment are not here.
    /// </summary>
    public Dictionary<string, long> Computed { get; init; } = [];

    [JsonIgnore]
    public TopicNames Names => new(Topics);

    [JsonIgnore]
    public Takeover Takeover => new(Position, Ends);

    public static DeploymentRecord Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoredDeployment.Default.DeploymentRecord)
                ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new DeploymentFault($"what the ledger says of the deployment cannot be read: {e.Message}");
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, StoredDeployment.Default.DeploymentRecord);

    /// <summary>The same of a project, all of whose topics are known by their own names but for some.</summary>
    public DeploymentRecord Of(CompiledProject project) =>
        this with { Written = [.. TableTopics.Written(project).Select(Names.PhysicalOf)] };

    /// <summary>
    /// Whether a topic of the folder is this deployment's; else it is what is left of another that was given up, or
    /// replaced, or is being made.
    /// </summary>
    public bool Has(TopicLog topic) =>
        topic.Kind == TopicKind.Source || Written.Contains(topic.Name) || Retired.Contains(topic.Name);
}

/// <summary>How the record is written, made by the compiler: a start that has to find it out takes longer.</summary>
[JsonSerializable(typeof(DeploymentRecord))]
internal sealed partial class StoredDeployment : JsonSerializerContext;
