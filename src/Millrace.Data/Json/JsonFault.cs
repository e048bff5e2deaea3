namespace Millrace.Data.Json;

/// <summary>Why a value or a record cannot be taken.</summary>
internal enum JsonFault : byte
{
    None,

    /// <summary>
    /// Well-formed, but no value of the column's type. The only one that can be forgiven: the value is then NULL.
    /// </summary>
    Type,
    Syntax,
    Utf8,
    Depth,
    Digits,
    Missing,
    Null,
}
