using Millrace.Engine;
using Millrace.Hosting.Inputs;

namespace Millrace.Hosting.Graph;

/// <summary>
/// Rows of <c>$bad</c> and <c>$late</c> as JSON. A bad row: <c>{"model", "reason", "message", "position", "partition",
/// "offset", "original"}</c>, partition and offset being those of the source record, or null for a row of a model; the
/// original is a string, or <c>{"base64": ".."}</c> when it is not UTF-8. A late row: <c>{"watermark", "window_end",
/// "position", "row"}</c>, times in ms since the epoch.
/// </summary>
internal sealed class BadRowText
{
    private readonly JsonText text = new();

    public ReadOnlySpan<byte> Bad(in BadRow row, int partition, long offset)
    {
        text.Clear();
        text.Raw("{\"model\":"u8);
        if (row.Model is { } model)
        {
            text.String(model.Name);
        }
        else
        {
            text.Raw("null"u8);
        }

        text.Raw(",\"reason\":"u8);
        text.String(row.Reason);
        text.Raw(",\"message\":"u8);
        text.String(row.Message);
        text.Raw(",\"position\":"u8);
        text.Number(row.Position);
        text.Raw(",\"partition\":"u8);
        NumberOrNull(partition);
        text.Raw(",\"offset\":"u8);
        NumberOrNull(offset);
        text.Raw(",\"original\":"u8);
        text.StringOrBase64(row.Original);
        text.Raw("}"u8);
        return text.Written;
    }

    public ReadOnlySpan<byte> Late(in LateRow row)
    {
        text.Clear();
        text.Raw("{\"watermark\":"u8);
        text.Number(row.Watermark);
        text.Raw(",\"window_end\":"u8);
        text.Number(row.WindowEnd);
        text.Raw(",\"position\":"u8);
        text.Number(row.Position);
        text.Raw(",\"row\":"u8);
        text.Raw(row.Value.IsEmpty ? "null"u8 : row.Value);
        text.Raw("}"u8);
        return text.Written;
    }

    private void NumberOrNull(long value)
    {
        if (value < 0)
        {
            text.Raw("null"u8);
        }
        else
        {
            text.Number(value);
        }
    }
}
