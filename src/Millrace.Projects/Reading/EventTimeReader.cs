namespace Millrace.Projects;

/// <summary>Reads <c>event_time:</c>, which may stand in two places that add up.</summary>
internal static class EventTimeReader
{
    private const string Delay = "max_out_of_orderness";

    public static EventTimeDefinition Read(MappingReader table)
    {
        EventTimeDefinition near = ReadOne(table.Mapping("event_time"));
        EventTimeDefinition far = ReadOne(table.Mapping("advanced")?.Mapping("event_time"));
        return new EventTimeDefinition(
            far.Column ?? near.Column,
            far.DelayMs ?? near.DelayMs,
            far.IdleAfterMs ?? near.IdleAfterMs,
            far.CloseWhenIdle ?? near.CloseWhenIdle);
    }

    private static EventTimeDefinition ReadOne(MappingReader? reader) => reader is null
        ? new EventTimeDefinition(null, null, null, null)
        : new EventTimeDefinition(
            reader.Text("column"), ReadDelay(reader), reader.Duration("idle_after"), reader.Bool("close_when_idle"));

    private static Said<long>? ReadDelay(MappingReader reader)
    {
        if (reader.Entry("watermark")?.Value is YamlMapping)
        {
            MappingReader watermark = reader.Mapping("watermark")!;
            Said<string>? strategy = watermark.OneOf("strategy", "bounded_out_of_orderness", "monotonously_increasing");
            return strategy is { Value: "monotonously_increasing" }
                ? new Said<long>(0, strategy.Location)
                : watermark.Duration(Delay) ?? reader.Duration(Delay);
        }

        return reader.Entry("watermark") is null ? reader.Duration(Delay) : reader.DurationOf("watermark", 0);
    }
}
