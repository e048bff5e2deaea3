using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>VALUES (1, 'a'), (2, 'b')</c>; a row of one value may go without parentheses.</summary>
public sealed class ValuesSyntax(SyntaxToken values, SyntaxList<ExpressionSyntax> rows) : QueryBodySyntax(values, rows)
{
    public SyntaxToken Keyword { get; } = values;

    public SyntaxList<ExpressionSyntax> Rows { get; } = rows;
}
