namespace Millrace.Diagnostics;

/// <summary>How much a diagnostic matters: an error stops the compilation, a warning does not.</summary>
public enum Severity
{
    Error,
    Warning,
}
