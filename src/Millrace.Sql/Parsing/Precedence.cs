namespace Millrace.Sql.Parsing;

/// <summary>
/// How tightly operators bind, as in Calcite's operator table: <c>||</c> like <c>*</c>, IS looser than <c>=</c>.
/// </summary>
internal enum Precedence
{
    Lowest,
    Or,
    And,
    Not,
    Is,
    Comparison,
    In,
    Additive,
    Multiplicative,
    Unary,
}
