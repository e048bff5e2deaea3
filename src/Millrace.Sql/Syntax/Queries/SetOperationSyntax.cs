namespace Millrace.Sql.Syntax.Queries;

/// <summary>
/// <c>left UNION | INTERSECT | EXCEPT [ALL | DISTINCT] right</c>; INTERSECT binds tighter, all to the left.
/// </summary>
public sealed class SetOperationSyntax(
    QueryBodySyntax left, SyntaxToken @operator, SyntaxToken? quantifier, QueryBodySyntax right)
    : QueryBodySyntax(left, @operator, quantifier, right)
{
    public QueryBodySyntax Left { get; } = left;

    /// <summary>The word UNION, INTERSECT or EXCEPT.</summary>
    public SyntaxToken Operator { get; } = @operator;

    public bool IsAll { get; } = quantifier?.IsWord("ALL") == true;

    public QueryBodySyntax Right { get; } = right;
}
