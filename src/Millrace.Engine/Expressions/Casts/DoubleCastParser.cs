using Millrace.Data.Numbers;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>Texts as DOUBLE.</summary>
internal sealed class DoubleCastParser : TextParser<double>
{
    public override bool TryParse(ReadOnlySpan<byte> text, out double value) => DoubleParser.TryParse(text, out value);
}
