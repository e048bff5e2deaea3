using System.Text.Json;
using Millrace.Projects;
using Millrace.Quality.Assertions;

namespace Millrace.Quality;

/// <summary>A record of a topic: where it stands and its JSON value.</summary>
public readonly record struct TopicRow(int Partition, long Offset, ReadOnlyMemory<byte> Value);

/// <summary>
/// Runs a project's schema and sample tests over what its topics hold. A schema test looks at every row, a sample
/// test at a uniform sample of <c>sample_size</c> rows, the same for the same rows. Thread-safe when the reader is.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="read">Reads a table's topic from its beginning; values need live only until the next row.</param>
public sealed class TestRunner(CompiledProject project, Func<CompiledTable, IEnumerable<TopicRow>> read)
{
    /// <summary>Runs every schema and sample test, in the order of the files.</summary>
    public IReadOnlyList<TestResult> Run() => [.. project.Tests.Where(t => t.Kind != TestKind.Continuous).Select(Run)];

    private TestResult Run(TestDefinition test)
    {
        CompiledTable table = project.FindTable(test.Table)!;
        List<RowCheck> checks = [.. test.Assertions.Select(RowCheck.Of).OfType<RowCheck>()];
        long rows = 0;
        foreach (TopicRow row in test.Kind == TestKind.Sample ? Sample(test, table) : read(table))
        {
            using JsonDocument? document = TryParse(row.Value);
            if (document is null)
            {
                continue;
            }

            rows++;
            TestedRow tested = new(row.Partition, row.Offset, document.RootElement);
            foreach (RowCheck check in checks)
            {
                check.Look(tested);
            }
        }

        return new TestResult(test.Name, test.Table, test.Severity, rows, [.. checks.Select(c => c.Result())]);
    }

    /// <summary>The row; null for a source's bad record, which no model sees either.</summary>
    private static JsonDocument? TryParse(ReadOnlyMemory<byte> value)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(value);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // It stands in the source's topic of bad records, with the reason.
        }

        return null;
    }

    private IReadOnlyList<TopicRow> Sample(TestDefinition test, CompiledTable table)
    {
        ReservoirSample<TopicRow> sample = new(test.SampleSize, seed: test.SampleSize);
        foreach (TopicRow row in read(table))
        {
            sample.Add(row with { Value = row.Value.ToArray() });
        }

        return sample.Items;
    }
}
