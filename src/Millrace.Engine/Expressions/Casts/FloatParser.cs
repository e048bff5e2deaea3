using Millrace.Data.Numbers;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>Texts as FLOAT.</summary>
internal sealed class FloatParser : TextParser<float>
{
    public override bool TryParse(ReadOnlySpan<byte> text, out float value) => DoubleParser.TryParse(text, out value);
}
