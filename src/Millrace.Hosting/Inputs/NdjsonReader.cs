namespace Millrace.Hosting.Inputs;

/// <summary>JSON lines: a record per line, blank lines skipped. What a line holds is not looked at.</summary>
internal sealed class NdjsonReader(ByteWindow window) : RecordReader(window)
{
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

            value = Window.Available[..length].Trim(" \t\r"u8);
            Window.Consume(Math.Min(length + 1, Window.Available.Length));
            if (!value.IsEmpty)
            {
                return true;
            }
        }
    }

    /// <summary>Bytes to the next line feed or the end of the file; -1 when nothing is left.</summary>
    private int LineLength()
    {
        int searched = 0;
        while (true)
        {
            int found = Window.Available[searched..].IndexOf((byte)'\n');
            if (found >= 0)
            {
                return searched + found;
            }

            searched = Window.Available.Length;
            if (!Window.TryFill())
            {
                return searched > 0 ? searched : -1;
            }
        }
    }
}
