using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Millrace.Projects;

/// <summary>
/// The library's parser, made to fail in one way only: on some texts it throws exceptions of other kinds than its own.
/// </summary>
internal sealed class GuardedParser : IParser
{
    private readonly Parser inner;

    public GuardedParser(TextReader text)
    {
        inner = new Parser(text);
    }

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        try
        {
            if (inner.MoveNext())
            {
                return true;
            }
        }
        catch (Exception e) when (
            e is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new YamlException(At, At, "what follows cannot be read", e);
        }

        throw new YamlException(At, At, "the file ends in the middle of something");
    }

    private Mark At => inner.Current?.End ?? Mark.Empty;
}
