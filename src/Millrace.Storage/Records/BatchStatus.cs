namespace Millrace.Storage.Records;

/// <summary>
/// What reading a record batch found. Anything but <see cref="Valid"/> means: do not use its records.
/// </summary>
public enum BatchStatus
{
    Valid,

    /// <summary>The bytes end before the batch does: a torn tail, or not all has been read yet.</summary>
    Incomplete,

    /// <summary>The length is none that a batch can have.</summary>
    BadLength,

    /// <summary>The magic byte is not 2.</summary>
    BadMagic,

    BadChecksum,

    /// <summary>Checksum right, yet the records do not fill the batch as its header says.</summary>
    BadStructure,

    /// <summary>The base offset is not the one that must follow.</summary>
    BadOffset,

    /// <summary>The batch is compressed with a codec that this version does not read.</summary>
    UnsupportedCompression,

    /// <summary>Checksum right, yet the compressed records are not what the codec writes.</summary>
    BadCompression,
}
