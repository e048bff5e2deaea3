using Millrace.Engine;
using Millrace.Hosting.Inputs;

namespace Millrace.Hosting.Bounded;

/// <summary>A part of a file's records, as lines of JSON.</summary>
/// <param name="Lines">UTF-8; good until the next part.</param>
/// <param name="Records">How many.</param>
public readonly record struct SourceBatch(ReadOnlyMemory<byte> Lines, int Records);

/// <summary>Reads a file as a source's records, part by part, for who posts them.</summary>
public static class SourceBatches
{
    private const int MaxRecords = 1_000;
    private const int MaxBytes = 1 << 20;

    /// <param name="input">The file; the source's name and the timestamps are the caller's.</param>
    /// <param name="skip">Records at the beginning that are left out.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">The map fails on a record.</exception>
    public static IEnumerable<SourceBatch> Read(BoundedInput input, long skip)
    {
        using RecordReader reader = Open(input);
        MemoryStream lines = new();
        int records = 0;
        while (Next(reader, lines))
        {
            if (skip-- > 0)
            {
                lines.SetLength(0);
                continue;
            }

            if (++records == MaxRecords || lines.Length >= MaxBytes)
            {
                yield return new SourceBatch(lines.GetBuffer().AsMemory(0, (int)lines.Length), records);
                lines.SetLength(0);
                records = 0;
            }
        }

        if (records > 0)
        {
            yield return new SourceBatch(lines.GetBuffer().AsMemory(0, (int)lines.Length), records);
        }
    }

    private static RecordReader Open(BoundedInput input)
    {
        RecordReader reader = InputFile.Open(input.Path, input.Columns);
        return input.Map is { } map
            ? new MappedReader(reader, map, static (in BadRow row) => throw new FormatException(
                $"the map fails on record {row.Position + 1}: {row.Message}"))
            : reader;
    }

    private static bool Next(RecordReader reader, MemoryStream lines)
    {
        if (!reader.TryRead(out ReadOnlySpan<byte> value))
        {
            return false;
        }

        lines.Write(value);
        lines.WriteByte((byte)'\n');
        return true;
    }
}
