using System.Globalization;
using System.Text;

namespace Millrace.EndToEnd.Kills;

/// <summary>What a campaign has done.</summary>
internal sealed class KillFigures
{
    private readonly SortedDictionary<string, int> phases = new(StringComparer.Ordinal);

    public int Kills { get; private set; }

    public int Acknowledged { get; set; }

    public int Sent { get; set; }

    public int Stored { get; set; }

    public int Repeated { get; set; }

    /// <summary>Per model: rows of the undisturbed run that were compared.</summary>
    public SortedDictionary<string, int> Rows { get; } = new(StringComparer.Ordinal);

    public int Differences { get; set; }

    /// <summary>Notes a kill and all that was going on then.</summary>
    public void Killed(IEnumerable<string> phasesHit)
    {
        Kills++;
        foreach (string phase in phasesHit)
        {
            phases[phase] = phases.GetValueOrDefault(phase) + 1;
        }
    }

    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"kills                {Kills}");
        foreach ((string phase, int count) in phases)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {phase,-18} {count}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"events sent          {Sent}");
        text.AppendLine(CultureInfo.InvariantCulture, $"events acknowledged  {Acknowledged}");
        text.AppendLine(CultureInfo.InvariantCulture, $"events sent again    {Repeated}");
        text.AppendLine(CultureInfo.InvariantCulture, $"events stored        {Stored}");
        text.AppendLine(CultureInfo.InvariantCulture, $"rows compared        {Rows.Values.Sum()}");
        foreach ((string model, int count) in Rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {model,-18} {count}");
        }

        text.Append(CultureInfo.InvariantCulture, $"differences          {Differences}");
        return text.ToString();
    }
}
