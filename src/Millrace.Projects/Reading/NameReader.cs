namespace Millrace.Projects;

/// <summary>Reads the name of a thing and checks that it may be one.</summary>
internal static class NameReader
{
    /// <summary>The <c>name:</c> of a thing, or null when it is missing or no name.</summary>
    public static Said<string>? Read(MappingReader reader, string what)
    {
        if (reader.Text("name") is not { } name)
        {
            return reader.Missing<Said<string>>(what, "name");
        }

        if (IsName(name.Value))
        {
            return name;
        }

        reader.Diagnostics.Add(YamlDiagnostics.BadName(name.Location, what, name.Value));
        return null;
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 200
        && (char.IsAsciiLetter(text[0]) || text[0] == '_')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
