namespace Millrace.Projects;

/// <summary>What a part of a plan decides.</summary>
internal enum PartKind
{
    /// <summary>Which rows there are.</summary>
    Rows,

    /// <summary>What is remembered between rows, and no more.</summary>
    State,

    /// <summary>On which rows an expression fails: they are none for those who read the model.</summary>
    Failures,
}

/// <summary>A part of a model's plan in which two versions of the model may differ.</summary>
/// <param name="Kind">What it decides.</param>
/// <param name="Label">What it is, for people: "the filter", "the window".</param>
/// <param name="Print">How it reads and what it means.</param>
internal sealed record PlanPart(PartKind Kind, string Label, Print Print);
