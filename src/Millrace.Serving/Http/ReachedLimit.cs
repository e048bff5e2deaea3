namespace Millrace.Serving.Http;

/// <summary>A bound that stands in the way, as part of an error: which, and how much of it is used. In bytes.</summary>
/// <param name="Name">Which: <c>queue</c>, <c>memory</c>, <c>disk</c>.</param>
/// <param name="Used">How much is used; of the disk, how much is free.</param>
/// <param name="Limit">How much may be; of the disk, how much is kept free.</param>
internal readonly record struct ReachedLimit(string Name, long Used, long Limit);
