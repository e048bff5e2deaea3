using System.Runtime.Intrinsics;

namespace Millrace.Data.Json;

/// <summary>What stands before a value in the records of a template, and what becomes of the value.</summary>
internal struct TemplateStep
{
    /// <summary>
    /// The first 32 bytes of it: all that follows the value before, up to and including the colon and blanks.
    /// </summary>
    public Vector256<byte> Literal;

    /// <summary>A bit per byte of <see cref="Literal"/> that counts.</summary>
    public uint Mask;
    public int Length;
    public DecodeKind Kind;

    /// <summary>The column that the value is for; null where it is skipped.</summary>
    public DecodeColumn? Column;

    /// <summary>Bytes of the literal beyond the 32nd.</summary>
    public byte[] Rest;
}

/// <summary>
/// The key order of a record, blanks included, learnt from it so that the next records of the same producer need no
/// parsing of keys: each step compares <c>,"name":</c> as one vector and takes the value behind it.
/// </summary>
/// <remarks>
/// <code>
/// {"id":7,"x":null,"at":"…"}      steps  {"id":   ,"x":   ,"at":      closing  }
/// </code>
/// </remarks>
internal sealed class JsonTemplate
{
    public JsonTemplate(TemplateStep[] steps, byte[] closing, DecodeColumn[] missing, bool canSkip)
    {
        Steps = steps;
        Closing = closing;
        Missing = missing;
        CanSkip = canSkip;
        Reach = 2 * Vector256<byte>.Count + closing.Length + steps.Max(s => s.Length);
    }

    public TemplateStep[] Steps { get; }

    /// <summary>What follows the last value, up to the root's brace.</summary>
    public byte[] Closing { get; }

    /// <summary>Columns that the records have no key for.</summary>
    public DecodeColumn[] Missing { get; }

    /// <summary>
    /// Whether a record that lacks some of the keys can still be read: flat, and one separator throughout.
    /// </summary>
    public bool CanSkip { get; }

    /// <summary>How many bytes behind a record's end must be readable.</summary>
    public int Reach { get; }

    public bool IsSameAs(JsonTemplate other) => Steps.Length == other.Steps.Length
        && Closing.AsSpan().SequenceEqual(other.Closing)
        && Steps.Zip(other.Steps).All(s => s.First.Length == s.Second.Length && s.First.Literal == s.Second.Literal
            && s.First.Rest.AsSpan().SequenceEqual(s.Second.Rest));

    public static TemplateStep Step(ReadOnlySpan<byte> literal, DecodeColumn? column)
    {
        int first = Math.Min(literal.Length, Vector256<byte>.Count);
        Span<byte> padded = stackalloc byte[Vector256<byte>.Count];
        padded.Clear();
        literal[..first].CopyTo(padded);
        return new TemplateStep
        {
            Literal = Vector256.Create<byte>(padded),
            Mask = first == Vector256<byte>.Count ? uint.MaxValue : (1u << first) - 1,
            Length = literal.Length,
            Kind = column?.Kind ?? DecodeKind.Skip,
            Column = column,
            Rest = literal[first..].ToArray(),
        };
    }
}
