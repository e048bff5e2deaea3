namespace Millrace.Hosting.Graph;

/// <summary>
/// The names of the topics beside a table's own. The names of tables are unique in a project, so these are too.
/// </summary>
public static class SideTopics
{
    /// <summary>Records of a source, or rows of a model's topic, that could not be processed.</summary>
    public static string Bad(string table) => table + "$bad";

    /// <summary>Rows that came for a window of the model which had closed.</summary>
    public static string Late(string model) => model + "$late";
}
