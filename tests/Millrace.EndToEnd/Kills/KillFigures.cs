using System.Globalization;
using System.Text;

namespace Millrace.EndToEnd.Kills;

/// <summary>What a campaign has done.</summary>
internal sealed class KillFigures
{
    private readonly SortedDictionary<string, int> phases = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> gone = new(StringComparer.Ordinal);

    public int Kills { get; private set; }

    public int Acknowledged { get; set; }

    public int Sent { get; set; }

    public int Repeated { get; set; }

    /// <summary>Events of the source that keeps all that are twice in its topic.</summary>
    public int StoredTwice { get; set; }

    /// <summary>Per model: rows of its topic that were compared with those of the undisturbed run.</summary>
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

    /// <summary>Notes records that retention or compaction has taken.</summary>
    public void Gone(string table, int records) => gone[table] = gone.GetValueOrDefault(table) + records;

    /// <summary>How many kills hit it.</summary>
    public int Of(string phase) => phases.GetValueOrDefault(phase);

    /// <summary>How many records of a table are gone.</summary>
    public int GoneOf(string table) => gone.GetValueOrDefault(table);

    public override string ToString()
    {
        StringBuilder text = new();
        Line("kills", Kills);
        Lines(phases);
        Line("events sent", Sent);
        Line("events acknowledged", Acknowledged);
        Line("events sent again", Repeated);
        Line("  in the log twice", StoredTwice);
        Line("records let go", gone.Values.Sum());
        Lines(gone);
        Line("rows compared", Rows.Values.Sum());
        Lines(Rows);
        Line("differences", Differences);
        return text.ToString();

        void Line(string name, int number) =>
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-24} {number,9}");

        void Lines(SortedDictionary<string, int> numbers) =>
            numbers.ToList().ForEach(n => Line("  " + n.Key, n.Value));
    }
}
