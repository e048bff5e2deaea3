using System.Text;

namespace Millrace.Hosting.Views;

/// <summary>
/// Chosen columns of a model's rows as values: text and, where the text is a number, the number. Immutable. Rows are in
/// the order of the answer that it was made from.
/// </summary>
public sealed class ViewTable
{
    private readonly string?[][] texts;
    private readonly double[][] numbers;

    /// <param name="answer">The rows.</param>
    /// <param name="columns">Names of columns, which need not exist: then all values are NULL.</param>
    public ViewTable(ViewAnswer answer, IReadOnlyList<string> columns)
    {
        Answer = answer;
        byte[][] names = [.. columns.Select(Encoding.UTF8.GetBytes)];
        texts = [.. columns.Select(_ => new string?[answer.Rows.Count])];
        numbers = [.. columns.Select(_ => new double[answer.Rows.Count])];
        for (int row = 0; row < answer.Rows.Count; row++)
        {
            for (int column = 0; column < names.Length; column++)
            {
                RowValue value = RowValue.Find(answer.Rows[row].Json.Span, names[column]);
                texts[column][row] = value.Text();
                numbers[column][row] = value.Number();
            }
        }
    }

    public ViewAnswer Answer { get; }

    public int Count => Answer.Rows.Count;

    /// <summary>
    /// A value as text (objects as JSON), or null for NULL. Columns by their place in the list given.
    /// </summary>
    public string? Text(int column, int row) => texts[column][row];

    /// <summary>A value as a number; NaN for NULL and what is no number.</summary>
    public double Number(int column, int row) => numbers[column][row];

    /// <summary>Whether the row's window is still open.</summary>
    public bool IsLive(int row) => Answer.Rows[row].IsLive;
}
