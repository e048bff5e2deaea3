namespace Millrace.Bench.Shop;

/// <summary>Lines that are committed together, a record each, the catalogue's first.</summary>
/// <param name="Products">Lines of the catalogue.</param>
/// <param name="ProductsFromMs">From when they are valid, ms since the epoch: their records' timestamp.</param>
/// <param name="Events">Lines of the clickstream.</param>
/// <param name="ArrivedMs">When these came in; 0 for no reading of the clock.</param>
internal readonly record struct LogGroup(
    ReadOnlyMemory<byte> Products, long ProductsFromMs, ReadOnlyMemory<byte> Events, long ArrivedMs);
