namespace Millrace.Diagnostics;

/// <summary>
/// A user's mistake as a value. Code (<c>MR0142</c>), where, what is wrong and what to do. Made only by the typed
/// methods of the <c>*Diagnostics</c> classes, one per code, so that each text stands in one place.
/// </summary>
/// <param name="Code">Four digits behind <c>MR</c>. MR00xx text and templates, MR01xx SQL syntax, MR02xx names and
/// types, MR03xx what the dialect does not have (yet), MR04xx streaming rules (time, keys, joins), MR05xx YAML, MR06xx
/// project graph.</param>
/// <param name="Severity">Whether it stops the compilation.</param>
/// <param name="Location">Where; null only when no file is to blame.</param>
/// <param name="Message">What is wrong, with names and types. One sentence, no full stop.</param>
/// <param name="Help">What to do, where that can be said.</param>
public sealed record Diagnostic(
    string Code, Severity Severity, Location? Location, string Message, string? Help = null)
{
    public bool IsError => Severity == Severity.Error;

    public override string ToString() => DiagnosticPrinter.Print(this);
}
