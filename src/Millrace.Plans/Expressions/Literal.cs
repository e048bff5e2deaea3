using System.Globalization;
using System.Text;
using Millrace.Data;

namespace Millrace.Plans;

/// <summary>
/// A constant. The value has the storage type that <see cref="ColumnVector"/> names for its type: <c>bool</c> for
/// BOOLEAN, <c>int</c>, <c>long</c>, <c>float</c>, <c>double</c>, <c>Int128</c> (unscaled DECIMAL), <c>byte[]</c>
/// (UTF-8 text or bytes), or null.
/// </summary>
public sealed class Literal : Expression
{
    public Literal(object? value, SqlType type)
        : base(type)
    {
        Value = value;
    }

    public object? Value { get; }

    public static Literal OfString(string value) =>
        new(Encoding.UTF8.GetBytes(value), SqlType.Char(value.Length).NotNull());

    public static Literal OfInt(int value) => new(value, SqlType.Int.NotNull());

    public static Literal OfBoolean(bool value) => new(value, SqlType.Boolean.NotNull());

    public static Literal NullOf(SqlType type) => new(null, type.Nullable());

    public override string ToString() => Value switch
    {
        null => "NULL",
        byte[] bytes when Type.IsCharacter => Quoted(Encoding.UTF8.GetString(bytes)),
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        bool value => value ? "TRUE" : "FALSE",
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
    };

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
