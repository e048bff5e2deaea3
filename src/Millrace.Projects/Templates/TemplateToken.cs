using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>The parts of a text with templates.</summary>
internal enum TemplateTokenKind
{
    Text,

    /// <summary><c>{{ .. }}</c></summary>
    Output,

    /// <summary><c>{% .. %}</c></summary>
    Statement,

    /// <summary><c>{# .. #}</c></summary>
    Comment,

    /// <summary><c>${..}</c></summary>
    Variable,
}

/// <summary>A part of a text with templates.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Span">The whole part, in the scalar's value.</param>
/// <param name="Inner">What is between the marks, without <c>-</c> for white space.</param>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, TextSpan Span, TextSpan Inner);
