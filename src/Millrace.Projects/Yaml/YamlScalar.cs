using Millrace.Diagnostics;
using YamlDotNet.Core;

namespace Millrace.Projects;

/// <summary>A scalar: its value, and for each character of the value the place in the file that it came from.</summary>
internal sealed class YamlScalar : YamlNode
{
    private readonly TextSpan raw;
    private readonly ScalarStyle style;
    private int[]? offsets;

    public YamlScalar(Location location, TextSpan raw, string value, ScalarStyle style)
        : base(location, 1)
    {
        this.raw = raw;
        this.style = style;
        Value = value;
    }

    public string Value { get; }

    /// <summary>Nothing, <c>~</c> or <c>null</c>, unquoted.</summary>
    public bool IsNull => style == ScalarStyle.Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    public override string Kind => IsNull ? "nothing" : style == ScalarStyle.Plain ? $"\"{Value}\"" : "a text";

    /// <summary>The file's span of a span of the value.</summary>
    public Location LocationOf(TextSpan span)
    {
        offsets ??= ScalarOffsets.Of(Location.Source.Text, raw, Value, style);
        int start = offsets[Math.Clamp(span.Start, 0, Value.Length)];
        int last = span.Length == 0 ? start : offsets[Math.Clamp(span.End - 1, 0, Value.Length)] + 1;
        return new Location(Location.Source, TextSpan.FromBounds(start, Math.Max(start, last)));
    }
}
