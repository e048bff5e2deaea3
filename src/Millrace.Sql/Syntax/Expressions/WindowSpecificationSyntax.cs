using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>([base] [PARTITION BY …] [ORDER BY …] [frame])</c>.</summary>
public sealed class WindowSpecificationSyntax(
    SyntaxToken open,
    SyntaxToken? baseWindow,
    PartitionByClauseSyntax? partitionBy,
    OrderByClauseSyntax? orderBy,
    WindowFrameSyntax? frame,
    SyntaxToken close)
    : SyntaxNode(open, baseWindow, partitionBy, orderBy, frame, close)
{
    public SyntaxToken? BaseWindow { get; } = baseWindow;

    public PartitionByClauseSyntax? PartitionBy { get; } = partitionBy;

    public OrderByClauseSyntax? OrderBy { get; } = orderBy;

    public WindowFrameSyntax? Frame { get; } = frame;
}

/// <summary><c>PARTITION BY expressions</c>.</summary>
public sealed class PartitionByClauseSyntax(SyntaxToken partition, SyntaxToken by, SyntaxList<ExpressionSyntax> keys)
    : SyntaxNode(partition, by, keys)
{
    public SyntaxList<ExpressionSyntax> Keys { get; } = keys;
}
