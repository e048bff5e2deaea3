using System.Text;
using Millrace.Storage.Folders;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>The inputs of a folder as one line each, in order of position; checks offsets on the way.</summary>
internal static class PositionText
{
    public static List<string> ReadAll(DataFolder folder, long from, int maxRecords)
    {
        List<string> lines = [];
        PositionReader reader = folder.OpenPositions(from);
        PositionBatch batch = new();
        while (reader.Read(batch, maxRecords) > 0)
        {
            Assert.Equal(from + lines.Count, batch.FirstPosition);
            string?[] stretch = new string?[batch.Count];
            foreach (ClockTick tick in batch.Ticks)
            {
                stretch[tick.Position - batch.FirstPosition] = "tick " + tick.ClockMs;
            }

            foreach (SourceRecords source in batch.Sources)
            {
                for (int i = 0; i < source.Count; i++)
                {
                    string key = Text(batch, source.KeyStarts[i], source.KeyLengths[i]);
                    string value = Text(batch, source.ValueStarts[i], source.ValueLengths[i]);
                    ref string? line = ref stretch[source.Positions[i] - batch.FirstPosition];
                    Assert.Null(line);
                    line = $"{source.Topic.Name} {key}={value}@{source.Timestamps[i]}";
                }
            }

            lines.AddRange(stretch.Select(line => Assert.IsType<string>(line)));
        }

        return lines;
    }

    private static string Text(PositionBatch batch, int start, int length) =>
        Encoding.UTF8.GetString(batch.Buffer, start, Math.Max(length, 0));
}
