using Millrace.Engine.Operators;
using Millrace.Plans;

namespace Millrace.Engine.Pipelines;

/// <summary>The right side of a temporal join: a pipeline whose rows become versions.</summary>
internal sealed record VersionDraft(PipelineDraft Pipeline, TemporalJoin Node, VersionWriter Writer);

/// <summary>What a model's plan becomes: first the right sides of its joins, inner ones first, then its main
/// line.</summary>
internal sealed record ModelPipelines(IReadOnlyList<VersionDraft> Versions, PipelineDraft Main);
