using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>Merges ARRAYs, MAPs, MULTISETs and ROWs: row by row, in order, by copy.</summary>
internal sealed class NestedMerger(ColumnVector result) : RowMerger
{
    private readonly VectorAppender appender = VectorAppender.Create(result);

    public override ColumnVector Merge(List<Choice> choices, int rows)
    {
        appender.Clear();
        for (int i = 0; i < rows; i++)
        {
            foreach (Choice choice in choices)
            {
                if (choice.Rows[i])
                {
                    appender.Append(choice.Source, i);
                    break;
                }
            }
        }

        return appender.Target;
    }
}
