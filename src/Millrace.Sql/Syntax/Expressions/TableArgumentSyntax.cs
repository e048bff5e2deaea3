using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Expressions;

/// <summary>
/// <c>TABLE t [PARTITION BY k | (k, l)] [ORDER BY …]</c>, also <c>TABLE (query)</c> or <c>(query)</c> so followed.
/// </summary>
public sealed class TableArgumentSyntax(
    SyntaxToken? table,
    NameSyntax? name,
    SubqueryExpressionSyntax? query,
    PartitionByClauseSyntax? partitionBy,
    OrderByClauseSyntax? orderBy)
    : ExpressionSyntax(table, name, query, partitionBy, orderBy)
{
    /// <summary>The table's name; null when there is a query.</summary>
    public NameSyntax? Name { get; } = name;

    public SubqueryExpressionSyntax? Query { get; } = query;

    public PartitionByClauseSyntax? PartitionBy { get; } = partitionBy;

    public OrderByClauseSyntax? OrderBy { get; } = orderBy;
}
