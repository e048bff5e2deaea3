using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Collects what was decided for the user, in the order of the decisions.</summary>
internal sealed class InferenceLog
{
    private readonly List<Inference> items = [];

    public IReadOnlyList<Inference> Items => items;

    public void Add(InferenceKind kind, string subject, string value, string reason, Location? location = null) =>
        items.Add(new Inference(kind, subject, value, reason, location));
}
