namespace Millrace.Plans;

/// <summary>
/// The aggregate functions of the dialect, by identity. Each has one accumulator in the engine and one folder of specs;
/// a test walks <see cref="All"/> to hold that. Immutable.
/// </summary>
public sealed class AggregateFunction
{
    private static readonly List<AggregateFunction> Registered = [];

    private AggregateFunction(string name)
    {
        Name = name;
        Registered.Add(this);
    }

    /// <summary>COUNT(*) without an argument, COUNT(x) with one.</summary>
    public static readonly AggregateFunction Count = new("COUNT");
    public static readonly AggregateFunction Sum = new("SUM");
    public static readonly AggregateFunction Avg = new("AVG");
    public static readonly AggregateFunction Min = new("MIN");
    public static readonly AggregateFunction Max = new("MAX");

    /// <summary>The MULTISET of the values that are not NULL.</summary>
    public static readonly AggregateFunction Collect = new("COLLECT");

    /// <summary>Every function there is, in the order of declaration.</summary>
    public static IReadOnlyList<AggregateFunction> All => Registered;

    public string Name { get; }

    public override string ToString() => Name;
}
