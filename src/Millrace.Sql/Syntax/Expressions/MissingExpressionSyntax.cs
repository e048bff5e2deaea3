namespace Millrace.Sql.Syntax.Expressions;

/// <summary>Stands where an expression should be; a diagnostic says so.</summary>
public sealed class MissingExpressionSyntax(SyntaxToken missing) : ExpressionSyntax(missing);
