namespace Millrace.Engine.Expressions.Casts;

/// <summary>Reads a text as a value; no state beyond the type it reads for.</summary>
internal abstract class TextParser<T>
{
    public abstract bool TryParse(ReadOnlySpan<byte> text, out T value);
}
