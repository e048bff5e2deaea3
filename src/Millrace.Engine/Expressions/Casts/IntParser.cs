using Millrace.Data;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>Texts as TINYINT, SMALLINT and INT.</summary>
internal sealed class IntParser(SqlTypeKind kind) : TextParser<int>
{
    private readonly (long Least, long Most) range = kind switch
    {
        SqlTypeKind.TinyInt => (sbyte.MinValue, sbyte.MaxValue),
        SqlTypeKind.SmallInt => (short.MinValue, short.MaxValue),
        _ => (int.MinValue, int.MaxValue),
    };

    public override bool TryParse(ReadOnlySpan<byte> text, out int value)
    {
        bool isNumber = IntegerCastText.TryParse(text, range.Least, range.Most, out long number);
        value = (int)number;
        return isNumber;
    }
}
