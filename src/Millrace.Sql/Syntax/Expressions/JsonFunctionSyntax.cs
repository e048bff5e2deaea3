using Millrace.Sql.Syntax.Types;

namespace Millrace.Sql.Syntax.Expressions;

/// <summary>
/// JSON_VALUE, JSON_QUERY, JSON_EXISTS, JSON_OBJECT, JSON_ARRAY, JSON_OBJECTAGG, JSON_ARRAYAGG: arguments, then
/// clauses of words.  </summary>
public sealed class JsonFunctionSyntax(
    SyntaxToken keyword,
    SyntaxToken open,
    SyntaxList<ExpressionSyntax> arguments,
    SyntaxList<JsonClauseSyntax> clauses,
    SyntaxToken close,
    FilterClauseSyntax? filter,
    OverClauseSyntax? over)
    : ExpressionSyntax(keyword, open, arguments, clauses, close, filter, over)
{
    public SyntaxToken Keyword { get; } = keyword;

    /// <summary>Expressions, or a <see cref="JsonMemberSyntax"/> each for an object's members.</summary>
    public SyntaxList<ExpressionSyntax> Arguments { get; } = arguments;

    public SyntaxList<JsonClauseSyntax> Clauses { get; } = clauses;

    public FilterClauseSyntax? Filter { get; } = filter;

    public OverClauseSyntax? Over { get; } = over;
}

/// <summary><c>[KEY] name VALUE value</c> or <c>name : value</c>.</summary>
public sealed class JsonMemberSyntax(
    SyntaxToken? key, ExpressionSyntax name, SyntaxToken separator, ExpressionSyntax value)
    : ExpressionSyntax(key, name, separator, value)
{
    public ExpressionSyntax Name { get; } = name;

    public ExpressionSyntax Value { get; } = value;
}

/// <summary>
/// <c>RETURNING type</c>, <c>NULL ON ERROR</c>, <c>DEFAULT x ON EMPTY</c>, <c>WITH CONDITIONAL ARRAY WRAPPER</c>,
/// <c>ABSENT ON NULL</c>, <c>ORDER BY</c> and their like.
/// </summary>
public sealed class JsonClauseSyntax(
    SyntaxList<SyntaxToken> words, ExpressionSyntax? value, TypeSyntax? type, SyntaxNode? order,
    SyntaxList<SyntaxToken>? tail)
    : SyntaxNode(words, value, type, order, tail)
{
    /// <summary>The words in upper case, one blank between, without the value: <c>DEFAULT ON EMPTY</c>.</summary>
    public string Words { get; } =
        string.Join(' ', words.Concat(tail ?? Enumerable.Empty<SyntaxToken>()).Select(w => w.Text.ToUpperInvariant()));

    public ExpressionSyntax? Value { get; } = value;

    public TypeSyntax? Type { get; } = type;
}
