using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// Walks a file beside the keys that it may hold: reports each unknown key, and each known one that nobody honours yet.
/// </summary>
internal sealed class KeyChecker
{
    private readonly DiagnosticBag diagnostics;

    public KeyChecker(DiagnosticBag diagnostics)
    {
        this.diagnostics = diagnostics;
    }

    public void Check(YamlNode node, KeySet keys)
    {
        if (node is YamlSequence sequence)
        {
            foreach (YamlMapping item in sequence.Items.OfType<YamlMapping>())
            {
                CheckMapping(item, keys);
            }
        }
        else if (node is YamlMapping mapping)
        {
            CheckMapping(mapping, keys);
        }
    }

    private void CheckMapping(YamlMapping mapping, KeySet keys)
    {
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (keys.Find(entry.Key.Value) is not { } key)
            {
                diagnostics.Add(YamlDiagnostics.UnknownKey(
                    entry.Key.Location, entry.Key.Value, keys.What, [.. keys.Keys.Select(k => k.Name)]));
            }
            else
            {
                CheckEntry(entry, key);
            }
        }
    }

    private void CheckEntry(YamlEntry entry, YamlKey key)
    {
        switch (key.Use)
        {
            case KeyUse.NotYet:
                diagnostics.Add(YamlDiagnostics.NotSupportedYet(entry.Key.Location, key.Name, key.Meaning));
                break;
            case KeyUse.WithoutEffectYet:
                diagnostics.Add(YamlDiagnostics.WithoutEffectYet(entry.Key.Location, key.Name, key.Meaning));
                break;
            default:
                if (key.Nested is not null)
                {
                    Check(entry.Value, key.Nested);
                }

                break;
        }
    }
}
