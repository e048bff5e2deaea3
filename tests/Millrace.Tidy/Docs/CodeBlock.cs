namespace Millrace.Tidy.Docs;

/// <summary>A fenced block of a Markdown document.</summary>
/// <param name="Document">Its path.</param>
/// <param name="Line">Line of the fence, from one.</param>
/// <param name="Language">The first word behind the fence; empty when there is none.</param>
/// <param name="Text">What is between the fences.</param>
public sealed record CodeBlock(string Document, int Line, string Language, string Text)
{
    public static IEnumerable<CodeBlock> Of(string document, string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                int end = Array.FindIndex(lines, i + 1, l => l.Trim() == "```");
                end = end < 0 ? lines.Length : end;
                string language = lines[i].Trim()[3..].Split(' ')[0];
                yield return new CodeBlock(document, i + 1, language, string.Join('\n', lines[(i + 1)..end]));
                i = end;
            }
        }
    }
}
