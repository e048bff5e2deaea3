namespace Millrace.Engine.Expressions.Casts;

/// <summary>Texts as BIGINT.</summary>
internal sealed class BigIntParser : TextParser<long>
{
    public override bool TryParse(ReadOnlySpan<byte> text, out long value) =>
        IntegerCastText.TryParse(text, long.MinValue, long.MaxValue, out value);
}
