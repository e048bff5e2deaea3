using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Parsing;

/// <content>Calls with arguments between commas, and what may follow them.</content>
internal sealed partial class Parser
{
    /// <summary>A word and a parenthesis: some functions have a form of their own.</summary>
    private ExpressionSyntax ParseWordCall() => Current.Text.ToUpperInvariant() switch
    {
        "CAST" or "TRY_CAST" => ParseCast(),
        "EXTRACT" => ParseExtract(),
        "POSITION" => ParsePosition(),
        "SUBSTRING" => ParseSubstring(),
        "OVERLAY" => ParseOverlay(),
        "TRIM" => ParseTrim(),
        "FLOOR" or "CEIL" or "CEILING" => ParseFloor(),
        "JSON_VALUE" or "JSON_QUERY" or "JSON_EXISTS" or "JSON_OBJECT" or "JSON_ARRAY" or "JSON_OBJECTAGG"
            or "JSON_ARRAYAGG" => ParseJsonFunction(),
        "LEFT" or "RIGHT" => ParseCall(new NameSyntax(new SyntaxList<SyntaxToken>([Take()]))),
        _ => ParseNameOrMissing(),
    };

    private FunctionCallSyntax ParseCall(NameSyntax name)
    {
        SyntaxToken open = Open();
        SyntaxToken? quantifier = TryTakeWord("DISTINCT") ?? TryTakeWord("ALL");
        if (quantifier?.IsWord("DISTINCT") == true && At(TokenKind.Star))
        {
            Report(SqlSyntaxDiagnostics.DistinctStar(Here));
        }

        SyntaxList<ExpressionSyntax> arguments =
            At(TokenKind.CloseParenthesis) ? NoExpressions() : ParseList(ParseArgument);
        OrderByClauseSyntax? orderBy = AtWords("ORDER", "BY") ? ParseOrderBy() : null;
        return ParseCallTail(name, open, quantifier, arguments, orderBy);
    }

    private FunctionCallSyntax ParseCallTail(
        NameSyntax name,
        SyntaxToken open,
        SyntaxToken? quantifier,
        SyntaxList<ExpressionSyntax> arguments,
        OrderByClauseSyntax? orderBy)
    {
        NullTreatmentSyntax? inner = ParseNullTreatment();
        SyntaxToken close = Close();
        NullTreatmentSyntax? outer = ParseNullTreatment();
        WithinGroupSyntax? withinGroup = ParseWithinGroup();
        FilterClauseSyntax? filter = ParseFilter();
        return new FunctionCallSyntax(
            name, open, quantifier, arguments, orderBy, inner, close, outer, withinGroup, filter, ParseOver());
    }

    private ExpressionSyntax ParseArgument()
    {
        if (At(TokenKind.Star))
        {
            return new StarExpressionSyntax(null, null, Take());
        }

        if (Current.Kind is TokenKind.Word or TokenKind.QuotedName && Peek(1).Kind == TokenKind.Arrow)
        {
            SyntaxToken name = Take();
            SyntaxToken arrow = Take();
            return new NamedArgumentSyntax(name, arrow, ParseExpression());
        }

        return ParseExpression();
    }

    private TableArgumentSyntax ParseTableArgument()
    {
        SyntaxToken table = Take();
        return At(TokenKind.OpenParenthesis)
            ? ParseTableArgument(table, null, ParseSubquery())
            : ParseTableArgument(table, ParseName("a table"), null);
    }

    private TableArgumentSyntax ParseTableArgument(SyntaxToken? table, NameSyntax? name,
        SubqueryExpressionSyntax? query)
    {
        PartitionByClauseSyntax? partitionBy = null;
        if (AtWords("PARTITION", "BY"))
        {
            SyntaxToken partition = Take();
            SyntaxToken by = Take();
            partitionBy = new PartitionByClauseSyntax(
                partition, by, new SyntaxList<ExpressionSyntax>([ParseExpression()]));
        }

        return new TableArgumentSyntax(table, name, query, partitionBy, AtWords("ORDER", "BY") ? ParseOrderBy() : null);
    }

    private NullTreatmentSyntax? ParseNullTreatment() => AtWords("IGNORE", "NULLS") || AtWords("RESPECT", "NULLS")
        ? new NullTreatmentSyntax(Take(), Take())
        : null;

    private WithinGroupSyntax? ParseWithinGroup()
    {
        if (!AtWords("WITHIN", "GROUP"))
        {
            return null;
        }

        SyntaxToken within = Take();
        SyntaxToken group = Take();
        SyntaxToken open = Open();
        OrderByClauseSyntax orderBy = ParseOrderBy();
        return new WithinGroupSyntax(within, group, open, orderBy, Close());
    }

    private FilterClauseSyntax? ParseFilter()
    {
        if (!AtWord("FILTER") || Peek(1).Kind != TokenKind.OpenParenthesis)
        {
            return null;
        }

        SyntaxToken filter = Take();
        SyntaxToken open = Open();
        SyntaxToken where = ExpectWord("WHERE");
        ExpressionSyntax condition = ParseExpression();
        return new FilterClauseSyntax(filter, open, where, condition, Close());
    }
}
