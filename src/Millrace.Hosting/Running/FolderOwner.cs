using System.Text;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Running;

/// <summary>
/// A note in the data folder that says who has it, for the one who comes second. The lock decides; the note may be
/// missing, or be of a process that is no more.
/// </summary>
internal static class FolderOwner
{
    private const int LongestNote = 200;

    /// <summary>Opens the folder and leaves a note.</summary>
    /// <exception cref="FolderLockedFault">Another process has it; its note is in the message.</exception>
    public static DataFolder Open(RuntimeOptions options, DataFolderOptions folderOptions)
    {
        string path = options.DataFolder + "/OWNER";
        try
        {
            DataFolder folder = DataFolder.Open(options.Disk, options.DataFolder, folderOptions);
            Write(options.Disk, path, options.Owner);
            return folder;
        }
        catch (FolderLockedFault)
        {
            throw new FolderLockedFault(options.DataFolder, Read(options.Disk, path));
        }
    }

    private static void Write(IDisk disk, string path, string owner)
    {
        try
        {
            using IDiskFile file = disk.Open(path, DiskOpen.Create);
            file.Write(0, Encoding.UTF8.GetBytes(owner));
        }
        catch (DiskFault)
        {
            // Without it the second process is told less.
        }
    }

    private static string? Read(IDisk disk, string path)
    {
        try
        {
            using IDiskFile file = disk.Open(path, DiskOpen.Read);
            byte[] note = new byte[LongestNote];
            int length = file.Read(0, note);
            return length == 0 ? null : Encoding.UTF8.GetString(note.AsSpan(0, length));
        }
        catch (DiskFault)
        {
            return null;
        }
    }
}
