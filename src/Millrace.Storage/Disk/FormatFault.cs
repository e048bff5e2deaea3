using System.Globalization;

namespace Millrace.Storage.Disk;

/// <summary>A part of the data folder has a format that this version of the program does not read.</summary>
public sealed class FormatFault(string part, long found, long known)
    : StorageFault(string.Create(
        CultureInfo.InvariantCulture,
        $"the data folder's {part} has format {found}, and this version of Millrace reads format {known}; ")
        + "open it with the version that wrote it, or start with another folder")
{
    /// <summary>The format's number in the folder.</summary>
    public long Found => found;

    /// <summary>The format's number that this version reads.</summary>
    public long Known => known;
}
