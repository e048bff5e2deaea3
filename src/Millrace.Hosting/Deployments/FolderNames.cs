using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Deployments;

/// <summary>The topics of a data folder under the names that users know them by.</summary>
internal static class FolderNames
{
    /// <summary>
    /// Those of the project that runs, and those of models that are gone. Where somebody has another topic of that
    /// name since, the old one goes by the number of its generation. What is being built to take a topic's place is
    /// none yet.
    /// </summary>
    public static IReadOnlyList<(string Name, TopicLog Topic)> Of(DataFolder folder)
    {
        if (folder.Deployment is not { Number: > 0 } deployment)
        {
            return [.. folder.Topics.Select(t => (t.Name, t))];
        }

        DeploymentRecord record = DeploymentRecord.Read(deployment.Bytes.Span);
        Dictionary<string, string> logical = record.Topics.ToDictionary(p => p.Value, p => p.Key);
        List<(string Name, TopicLog Topic)> named =
        [
            .. folder.Topics.Where(t => record.Has(t) && !record.Retired.Contains(t.Name))
                .Select(t => (logical.GetValueOrDefault(t.Name, t.Name), t)),
        ];
        foreach (TopicLog topic in folder.Topics.Where(t => record.Retired.Contains(t.Name)))
        {
            string name = topic.Name.Split('~')[0];
            string numbered = name == topic.Name ? $"{name}~1" : topic.Name;
            named.Add((named.Exists(n => n.Name == name) ? numbered : name, topic));
        }

        return named;
    }

    /// <summary>The topic that a user's name stands for, or null.</summary>
    public static TopicLog? Find(DataFolder folder, string name) =>
        Of(folder).Where(t => t.Name == name).Select(t => t.Topic).FirstOrDefault();
}
