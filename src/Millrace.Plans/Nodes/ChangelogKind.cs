namespace Millrace.Plans;

/// <summary>What kinds of rows a node emits: only inserts, or also updates and deletes.</summary>
public enum ChangelogKind
{
    Append,
    Updating,
}
