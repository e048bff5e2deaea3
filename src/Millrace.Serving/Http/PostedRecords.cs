namespace Millrace.Serving.Http;

/// <summary>
/// What a route takes as its body, for the OpenAPI document: a record, an array of records, or a record per line.
/// </summary>
/// <param name="Source">The source whose columns the records have; null where the path names it.</param>
internal sealed record PostedRecords(string? Source)
{
    /// <summary>The types of JSON that are taken, one value or lines.</summary>
    public const string Json = "application/json";

    public const string Lines = "application/x-ndjson";
}
