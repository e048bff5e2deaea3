using Millrace.Data;

namespace Millrace.Plans;

/// <summary>A column of the input, by position. For a join's predicate the right side's columns follow the left
/// side's.</summary>
public sealed class InputColumn : Expression
{
    public InputColumn(int index, string name, SqlType type)
        : base(type)
    {
        Index = index;
        Name = name;
    }

    public int Index { get; }

    public string Name { get; }

    public override string ToString() => $"{Name}#{Index}";
}
