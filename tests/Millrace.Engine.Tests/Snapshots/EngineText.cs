using System.Globalization;
using System.Text;
using Millrace.Engine.Tests.Support;

namespace Millrace.Engine.Tests.Snapshots;

/// <summary>What can be seen of an engine between steps, as text: counters, and the live rows of all models. Memory is
/// left out, and how records were decoded.</summary>
internal static class EngineText
{
    public static string Of(StreamEngine engine)
    {
        StringBuilder text = new();
        EngineStatistics statistics = engine.Statistics;
        foreach (TopicStatistics t in statistics.Topics)
        {
            text.Append(CultureInfo.InvariantCulture, $"{t.Topic.Name}: {t.Rows} rows, {t.Bad} bad, ")
                .Append(CultureInfo.InvariantCulture, $"{t.Tombstones} tombstones, {t.Duplicates} duplicates, ")
                .Append(CultureInfo.InvariantCulture, $"{t.Watermark} of {t.MaxEventTime}, {t.TimestampForms}\n");
        }

        foreach (ModelStatistics m in statistics.Models)
        {
            text.Append(CultureInfo.InvariantCulture, $"{m.Model.Name}: {m.RowsIn} in, {m.RowsOut} out, ")
                .Append(CultureInfo.InvariantCulture, $"{m.Late} late, ")
                .Append(CultureInfo.InvariantCulture, $"{m.Bad} bad, {m.Unmatched} unmatched, ")
                .Append(CultureInfo.InvariantCulture, $"{m.LateVersions} and {m.OutdatedVersions} of {m.Versions}, ")
                .Append(CultureInfo.InvariantCulture, $"{m.OpenGroups} groups of {m.OpenWindows}\n");
            OutputRows live = engine.ReadAllLive(m.Model.Name);
            for (int i = 0; i < live.Count; i++)
            {
                text.Append("  ").Append(Recorder.Canonical(live.Value(i))).Append('\n');
            }
        }

        return text.ToString();
    }
}
