using Millrace.Diagnostics;

namespace Millrace.Projects;

internal sealed partial class MappingReader
{
    /// <summary>A text that is needed now: an unset environment variable in it is reported.</summary>
    public Said<string>? Text(string key) => Entry(key) switch
    {
        null => null,
        { Value: YamlScalar scalar } => Needed(scalar),
        { } other => WrongType<Said<string>>(other, "a text"),
    };

    /// <summary>A text whose variables need not be set before it is used.</summary>
    public LateText? Late(string key) => Entry(key) switch
    {
        null => null,
        { Value: YamlScalar scalar } => VariableResolver.Resolve(scalar, context.Variables, Diagnostics),
        { } other => WrongType<LateText>(other, "a text"),
    };

    /// <summary>The scalar itself, templates and variables untouched.</summary>
    public YamlScalar? Scalar(string key) => Entry(key) switch
    {
        null => null,
        { Value: YamlScalar scalar } => scalar,
        { } other => WrongType<YamlScalar>(other, "a text"),
    };

    /// <summary>A text for people; unset variables stay as they are written.</summary>
    public string? Prose(string key) => Scalar(key) is { } scalar ? Late(key)?.Value ?? scalar.Value : null;

    /// <summary>One text, or a list of texts.</summary>
    public IReadOnlyList<Said<string>>? Texts(string key)
    {
        switch (Entry(key))
        {
            case null:
                return null;
            case { Value: YamlScalar scalar }:
                return Needed(scalar) is { } one ? [one] : null;
            case { Value: YamlSequence sequence }:
                return [.. sequence.Items.Select(i => TextItem(key, i)).OfType<Said<string>>()];
            case { } other:
                return WrongType<IReadOnlyList<Said<string>>>(other, "a text or a list of texts");
        }
    }

    /// <summary>One of the given words.</summary>
    public Said<string>? OneOf(string key, params string[] words)
    {
        Said<string>? text = Text(key);
        if (text is null || Array.IndexOf(words, text.Value) >= 0)
        {
            return text;
        }

        Diagnostics.Add(YamlDiagnostics.NotOneOf(text.Location, key, text.Value, words));
        return null;
    }

    private Said<string>? TextItem(string key, YamlNode item)
    {
        if (item is YamlScalar { IsNull: false } scalar)
        {
            return Needed(scalar);
        }

        Diagnostics.Add(YamlDiagnostics.WrongType(item.Location, $"an item of {key}", "a text", item.Kind));
        return null;
    }

    private Said<string>? Needed(YamlScalar scalar)
    {
        LateText text = VariableResolver.Resolve(scalar, context.Variables, Diagnostics);
        foreach (string name in text.MissingVariables)
        {
            int at = scalar.Value.IndexOf($"${{{name}}}", StringComparison.Ordinal);
            Diagnostics.Add(YamlDiagnostics.UnsetVariable(scalar.LocationOf(new TextSpan(at, name.Length + 3)), name));
        }

        return text.Value is null ? null : new Said<string>(text.Value, scalar.Location);
    }
}
