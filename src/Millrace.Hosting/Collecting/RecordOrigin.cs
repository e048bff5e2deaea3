using Millrace.Storage.Records;

namespace Millrace.Hosting.Collecting;

/// <summary>What a record brings along that was not posted by a client.</summary>
/// <param name="Headers">Its headers.</param>
/// <param name="Timestamp">Its timestamp, ms since the epoch; null for the time at which it is committed.</param>
internal readonly record struct RecordOrigin(RecordHeader[] Headers, long? Timestamp);
