namespace Millrace.Storage.Verification;

/// <summary>Something that verification found in a data folder.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="Position">Byte in the file; -1 where it is about the whole.</param>
/// <param name="Message">What was found, as a sentence without its end.</param>
public sealed record VerificationFinding(VerificationSeverity Severity, string Path, long Position, string Message)
{
    /// <summary>The topic, or null where it is about none.</summary>
    public string? Topic { get; init; }

    public int Partition { get; init; } = -1;

    /// <summary>First offset of the records in question, or -1.</summary>
    public long FirstOffset { get; init; } = -1;

    /// <summary>Last offset of the records in question, or -1.</summary>
    public long LastOffset { get; init; } = -1;
}
