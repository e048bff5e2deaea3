namespace Millrace.Hosting.Inputs;

/// <summary>JSON lines: a record per line, blank lines skipped. What a line holds is not looked at.</summary>
internal sealed class NdjsonReader(ByteWindow window) : RecordReader
{
    public override long BytesRead => window.BytesRead;

    public override bool TryRead(out ReadOnlySpan<byte> value)
    {
        while (true)
        {
            int length = LineLength();
            if (length < 0)
            {
                value = default;
                return false;
            }

            value = window.Available[..length].Trim(" \t\r"u8);
            window.Consume(Math.Min(length + 1, window.Available.Length));
            if (!value.IsEmpty)
            {
                return true;
            }
        }
    }

    public override void Dispose() => window.Dispose();

    /// <summary>Bytes to the next line feed or the end of the file; -1 when nothing is left.</summary>
    private int LineLength()
    {
        int searched = 0;
        while (true)
        {
            int found = window.Available[searched..].IndexOf((byte)'\n');
            if (found >= 0)
            {
                return searched + found;
            }

            searched = window.Available.Length;
            if (!window.TryFill())
            {
                return searched > 0 ? searched : -1;
            }
        }
    }
}
