using System.Globalization;
using System.Text;

namespace Millrace.Serving.Operations;

/// <summary>
/// Writes metrics in Prometheus' text exposition format, version 0.0.4: one HELP and TYPE line per family, then its
/// samples.
/// </summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder text = new();

    /// <summary>Begins a family; its samples follow.</summary>
    public PrometheusText Family(string name, string type, string help)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    /// <summary>A sample with one label.</summary>
    public PrometheusText Sample(string name, string label, string labelValue, double value) =>
        Sample(name, [(label, labelValue)], value);

    public PrometheusText Sample(string name, ReadOnlySpan<(string Name, string Value)> labels, double value)
    {
        text.Append(name);
        for (int i = 0; i < labels.Length; i++)
        {
            text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(
                Escape(labels[i].Value)).Append('"');
        }

        text.Append(labels.Length == 0 ? " " : "} ").Append(Number(value)).Append('\n');
        return this;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(text.ToString());

    private static string Number(double value) => double.IsInfinity(value)
        ? value > 0 ? "+Inf" : "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
