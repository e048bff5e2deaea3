namespace Millrace.Storage.Verification;

/// <summary>How bad a <see cref="VerificationFinding"/> is.</summary>
public enum VerificationSeverity
{
    /// <summary>Harmless: a tail that is being written or was never acknowledged, a file left over.</summary>
    Note,

    /// <summary>Costs time at most: it is computed or built anew from what is intact.</summary>
    Warning,

    /// <summary>What was promised to be there is missing or is not what was written.</summary>
    Error,
}
