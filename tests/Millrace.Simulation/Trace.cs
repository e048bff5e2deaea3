using System.Globalization;

namespace Millrace.Simulation;

/// <summary>
/// What happened in a run, in order, as a hash: two runs of a seed that differ anywhere have different ones. Printed
/// too where somebody wants to read it.
/// </summary>
internal sealed class Trace(TextWriter? output = null)
{
    private const ulong Prime = 0x100000001B3;
    private ulong hash = 0xCBF29CE484222325;
    private int count;

    /// <summary>The hash of everything noted so far.</summary>
    public string Hash => hash.ToString("x16", CultureInfo.InvariantCulture);

    public void Note(string what)
    {
        foreach (char c in what)
        {
            hash = (hash ^ c) * Prime;
        }

        hash = (hash ^ '\n') * Prime;
        count++;
        output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,6} {what}"));
    }
}
