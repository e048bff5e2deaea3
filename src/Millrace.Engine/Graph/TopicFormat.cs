using Millrace.Data.Json;
using Millrace.Data.Time;

namespace Millrace.Engine;

/// <summary>How models' topics hold rows, where nothing else is said.</summary>
public static class TopicFormat
{
    /// <summary>ISO-8601 timestamps; a NULL key of a map is <c>"null"</c>.</summary>
    public static readonly JsonEncodeOptions Written = new()
    {
        Timestamps = TimestampStandard.Iso8601,
        MapNullKeys = MapNullKeyMode.Literal,
    };
}
