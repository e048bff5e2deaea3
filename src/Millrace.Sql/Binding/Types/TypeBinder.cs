using System.Globalization;
using Millrace.Data;
using Millrace.Sql.Syntax.Types;

namespace Millrace.Sql.Binding;

/// <summary>Turns the syntax of a type into the type. What is no type is reported, and null.</summary>
internal static class TypeBinder
{
    public static SqlType? Bind(TypeSyntax syntax, BindingContext context)
    {
        switch (syntax)
        {
            case SimpleTypeSyntax simple:
                return BindSimple(simple, context);
            case CollectionTypeSyntax { Arguments.Count: 1 } collection:
                SqlType? element = BindNested(collection.Arguments[0], context);
                return element is null ? null
                    : collection.Keyword.IsWord("ARRAY") ? SqlType.Array(element) : SqlType.Multiset(element);
            case CollectionTypeSyntax { Arguments.Count: 2 } map:
                SqlType? key = BindNested(map.Arguments[0], context);
                SqlType? value = BindNested(map.Arguments[1], context);
                return key is null || value is null ? null : SqlType.Map(key, value);
            case PostfixCollectionTypeSyntax postfix:
                SqlType? inner = BindNested(postfix.Element, context);
                return inner is null ? null
                    : postfix.Keyword.IsWord("ARRAY") ? SqlType.Array(inner) : SqlType.Multiset(inner);
            case RowTypeSyntax row:
                return BindRow(row, context);
            default:
                context.Report(SqlSupportDiagnostics.TypeNotSupported(context.At(syntax), syntax.ToString()));
                return null;
        }
    }

    private static SqlType? BindNested(NestedTypeSyntax syntax, BindingContext context) =>
        Bind(syntax.Type, context)?.WithNullability(!syntax.IsNotNull);

    private static SqlType? BindRow(RowTypeSyntax syntax, BindingContext context)
    {
        List<SqlTypeField> fields = [];
        foreach (RowFieldSyntax field in syntax.Fields)
        {
            if (BindNested(field.Type, context) is not { } type)
            {
                return null;
            }

            fields.Add(new SqlTypeField(field.Name.Value, type));
        }

        return SqlType.Row([.. fields]);
    }

    private static SqlType? BindSimple(SimpleTypeSyntax syntax, BindingContext context)
    {
        int[] parameters =
            [.. syntax.Parameters.Select(p => int.TryParse(p.Text, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        try
        {
            SqlType? type = Named(syntax.Name, syntax.Suffix, parameters);
            if (type is null)
            {
                context.Report(BindingDiagnostics.UnknownType(context.At(syntax), syntax.ToString()));
            }

            return type;
        }
        catch (ArgumentOutOfRangeException)
        {
            context.Report(BindingDiagnostics.BadTypeParameter(context.At(syntax), syntax.ToString()));
            return null;
        }
    }

    // DECIMAL(39, 0) is taken as 38 digits, TIMESTAMP(10) as 9, as Flink does.
    private static SqlType? Named(string name, string suffix, int[] parameters) => (name, parameters) switch
    {
        ("BOOLEAN", []) => SqlType.Boolean,
        ("TINYINT", []) => SqlType.TinyInt,
        ("SMALLINT", []) => SqlType.SmallInt,
        ("INT" or "INTEGER", []) => SqlType.Int,
        ("BIGINT", []) => SqlType.BigInt,
        ("FLOAT" or "REAL", []) => SqlType.Float,
        ("DOUBLE" or "DOUBLE PRECISION", []) => SqlType.Double,
        ("DECIMAL" or "DEC" or "NUMERIC", []) => SqlType.Decimal(10, 0),
        ("DECIMAL" or "DEC" or "NUMERIC", [int p]) => SqlType.Decimal(Math.Min(p, 38), 0),
        ("DECIMAL" or "DEC" or "NUMERIC", [int p, int s]) => SqlType.Decimal(Math.Min(p, 38), s),
        ("STRING", []) => SqlType.String,
        ("VARCHAR" or "CHARACTER VARYING" or "CHAR VARYING", []) => SqlType.VarChar(1),
        ("VARCHAR" or "CHARACTER VARYING" or "CHAR VARYING", [>= 0 and int n]) => SqlType.VarChar(n),
        ("CHAR" or "CHARACTER", []) => SqlType.Char(1),
        ("CHAR" or "CHARACTER", [> 0 and int n]) => SqlType.Char(n),
        ("BYTES", []) => SqlType.Bytes,
        ("VARBINARY", []) => SqlType.VarBinary(1),
        ("VARBINARY", [> 0 and int n]) => SqlType.VarBinary(n),
        ("BINARY", []) => SqlType.Binary(1),
        ("BINARY", [> 0 and int n]) => SqlType.Binary(n),
        ("DATE", []) => SqlType.Date,
        ("TIME", []) => SqlType.Time(0),
        ("TIME", [>= 0 and int p]) => SqlType.Time(Math.Min(p, 9)),
        ("TIMESTAMP", []) => Timestamp(suffix, 6),
        ("TIMESTAMP", [>= 0 and int p]) => Timestamp(suffix, Math.Min(p, 9)),
        ("TIMESTAMP_LTZ", []) => SqlType.TimestampLtz(6),
        ("TIMESTAMP_LTZ", [>= 0 and int p]) => SqlType.TimestampLtz(Math.Min(p, 9)),
        _ => null,
    };

    private static SqlType? Timestamp(string suffix, int precision) => suffix switch
    {
        "" or "WITHOUT TIME ZONE" => SqlType.Timestamp(precision),
        "WITH LOCAL TIME ZONE" => SqlType.TimestampLtz(precision),
        _ => null,
    };
}
