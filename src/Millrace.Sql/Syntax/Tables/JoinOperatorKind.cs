namespace Millrace.Sql.Syntax.Tables;

/// <summary>The kinds of joins that can be written.</summary>
public enum JoinOperatorKind
{
    Comma,
    Cross,
    Inner,
    Left,
    Right,
    Full,
}
