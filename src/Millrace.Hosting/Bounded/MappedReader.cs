using Millrace.Data;
using Millrace.Engine;
using Millrace.Hosting.Inputs;

namespace Millrace.Hosting.Bounded;

/// <summary>
/// Turns a file's records into a source's by a SELECT, run by the engine as a project of one model. Rows that fail are
/// the source's bad records.
/// </summary>
internal sealed class MappedReader : RecordReader, IStepOutput
{
    private const int RowsPerStep = 1024;

    private readonly RecordReader input;
    private readonly StepInput step;
    private readonly StreamEngine engine;
    private readonly byte[] lineNumberField = System.Text.Encoding.UTF8.GetBytes($"\"{MapInput.LineNumber}\":");
    private readonly JsonText text = new();
    private readonly BadRowHandler onBad;
    private byte[] values = [];
    private readonly List<(int Start, int Length)> rows = [];
    private int used;
    private int next;
    private long line;

    public MappedReader(RecordReader input, SourceMap map, BadRowHandler onBad)
    {
        this.input = input;
        this.onBad = onBad;
        const string output = "output";
        Schema schema = new([.. map.Input.Fields.Select(f => new SchemaColumn(f.Name, f.Type))]);
        EngineGraph graph = new(
            [new TopicSpec(map.Input.Name, schema, 1, true), new TopicSpec(output, map.Plan.Schema, 1, false)],
            [new ModelSpec(output, map.Plan, output)]);
        engine = new StreamEngine(graph, new SequentialWorkers());
        step = new StepInput(graph);
    }

    public override long BytesRead => input.BytesRead;

    public override bool TryRead(out ReadOnlySpan<byte> value)
    {
        while (next == rows.Count)
        {
            if (!TryStep())
            {
                value = default;
                return false;
            }
        }

        (int start, int length) = rows[next++];
        value = values.AsSpan(start, length);
        return true;
    }

    public void Rows(ModelSpec model, OutputRows rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<byte> value = rows.Value(i);
            if (values.Length - used < value.Length)
            {
                Array.Resize(ref values, Math.Max(values.Length * 2, used + value.Length));
            }

            value.CopyTo(values.AsSpan(used));
            this.rows.Add((used, value.Length));
            used += value.Length;
        }
    }

    public void Bad(in BadRow row) => onBad(in row);

    public void Late(in LateRow row)
    {
    }

    public override void Dispose() => input.Dispose();

    private bool TryStep()
    {
        rows.Clear();
        (used, next) = (0, 0);
        step.Clear();
        while (step.Sources[0].Count < RowsPerStep && input.TryRead(out ReadOnlySpan<byte> value))
        {
            step.Sources[0].Append(WithLineNumber(value, line + 1), default, false, 0, 0, line);
            line++;
        }

        if (step.Sources[0].Count == 0)
        {
            return false;
        }

        engine.Step(step, this);
        return true;
    }

    // The number goes before the file's own fields, so that it is found without looking at them.
    private ReadOnlySpan<byte> WithLineNumber(ReadOnlySpan<byte> value, long number)
    {
        if (value.IsEmpty || value[0] != (byte)'{')
        {
            return value;
        }

        text.Clear();
        text.Raw("{"u8);
        text.Raw(lineNumberField);
        text.Number(number);
        ReadOnlySpan<byte> rest = value[1..].TrimStart(" \t\r\n"u8);
        text.Raw(rest.StartsWith("}"u8) ? [] : ","u8);
        text.Raw(rest);
        return text.Written;
    }
}

/// <summary>Takes a row that a mapping could not process.</summary>
internal delegate void BadRowHandler(in BadRow row);
