namespace Millrace.Sql.Syntax;

/// <summary>Text between tokens that the grammar does not see.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text as written.</param>
public readonly record struct SyntaxTrivia(TriviaKind Kind, string Text);
