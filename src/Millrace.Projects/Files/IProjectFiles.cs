namespace Millrace.Projects;

/// <summary>
/// A project's folder, read-only: the seam through which a project's files are read. Paths are relative to the folder,
/// with
/// <c>/</c> between the parts. Implementations read UTF-8; a fault of the disk is an exception.
/// </summary>
public interface IProjectFiles
{
    /// <summary>The folder's own name, the project's name where nothing else gives one.</summary>
    string FolderName { get; }

    /// <summary>All files below a sub-folder, recursively, in any order; empty when there is no such folder.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>A file's text, or null when there is no such file.</summary>
    string? Read(string path);
}
