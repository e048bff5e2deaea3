using System.Collections.Immutable;
using System.Globalization;

namespace Millrace.Data.Tests.Conformance;

/// <summary>Reads the type texts of the corpus: just enough of the grammar for table columns.</summary>
internal sealed class TypeText
{
    private readonly string text;
    private int at;

    private TypeText(string text)
    {
        this.text = text;
    }

    public static SqlType Parse(string text) => new TypeText(text).Type();

    private SqlType Type()
    {
        string name = Word();
        SqlType type = name switch
        {
            "BOOLEAN" => SqlType.Boolean,
            "TINYINT" => SqlType.TinyInt,
            "SMALLINT" => SqlType.SmallInt,
            "INT" or "INTEGER" => SqlType.Int,
            "BIGINT" => SqlType.BigInt,
            "FLOAT" => SqlType.Float,
            "DOUBLE" => SqlType.Double,
            "STRING" => SqlType.String,
            "BYTES" => SqlType.Bytes,
            "DATE" => SqlType.Date,
            "DECIMAL" => Numbers() is [int p, int s] ? SqlType.Decimal(p, s) : throw new FormatException(text),
            "CHAR" => SqlType.Char(Numbers()[0]),
            "VARCHAR" => SqlType.VarChar(Numbers()[0]),
            "BINARY" => SqlType.Binary(Numbers()[0]),
            "TIME" => SqlType.Time(0 * Numbers().Length),
            "TIMESTAMP" => SqlType.Timestamp(Numbers() is [int p] ? p : 6),
            "TIMESTAMP_LTZ" => SqlType.TimestampLtz(Numbers() is [int p] ? p : 6),
            "ARRAY" => Of(() => SqlType.Array(Type())),
            "MULTISET" => Of(() => SqlType.Multiset(Type())),
            "MAP" => Of(Map),
            "ROW" => Of(Row),
            _ => throw new FormatException(text),
        };
        int before = at;
        if (Word() == "NOT" && Word() == "NULL")
        {
            return type.NotNull();
        }

        at = before;
        return type;
    }

    private SqlType Map()
    {
        SqlType key = Type();
        Take(',');
        return SqlType.Map(key, Type());
    }

    private SqlType Row()
    {
        ImmutableArray<SqlTypeField>.Builder fields = ImmutableArray.CreateBuilder<SqlTypeField>();
        do
        {
            Blanks();
            string name = Peek('`') ? Quoted() : Word();
            fields.Add(new(name, Type()));
        }
        while (TryTake(','));

        return SqlType.Row(fields.ToImmutable());
    }

    private string Quoted()
    {
        Take('`');
        int start = at;
        at = text.IndexOf('`', at) + 1;
        return text[start..(at - 1)];
    }

    private SqlType Of(Func<SqlType> inner)
    {
        Take('<');
        SqlType type = inner();
        Take('>');
        return type;
    }

    private int[] Numbers()
    {
        if (!TryTake('('))
        {
            return [];
        }

        int end = text.IndexOf(')', at);
        int[] numbers = [.. text[at..end].Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        at = end + 1;
        return numbers;
    }

    private string Word()
    {
        Blanks();
        int start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        return text[start..at];
    }

    private void Blanks()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }

    private bool Peek(char c) => at < text.Length && text[at] == c;

    private bool TryTake(char c)
    {
        Blanks();
        if (!Peek(c))
        {
            return false;
        }

        at++;
        return true;
    }

    private void Take(char c) => Assert.True(TryTake(c), $"{c} expected at {at} of {text}");
}
