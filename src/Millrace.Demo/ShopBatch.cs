namespace Millrace.Demo;

/// <summary>
/// One portion of a shop's traffic: catalogue changes, then the events behind them. Append the changes first, then the
/// order of the whole is kept. Used again by each <see cref="ShopGenerator.Next"/>.
/// </summary>
public sealed class ShopBatch
{
    /// <summary>Rows of <c>products</c>, NDJSON.</summary>
    public LineBuffer Products { get; } = new();

    /// <summary>
    /// The time from which the rows of <see cref="Products"/> hold: their record timestamp. 0 for the first catalogue.
    /// </summary>
    public long ProductsFromMs { get; internal set; }

    /// <summary>Rows of <c>clickstream</c>, NDJSON.</summary>
    public LineBuffer Events { get; } = new();

    /// <summary>The time at which the last of them arrived, milliseconds since the epoch.</summary>
    public long ArrivedMs { get; internal set; }

    internal void Clear()
    {
        Products.Clear();
        Events.Clear();
    }
}
