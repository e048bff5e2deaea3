using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>TINYINT and SMALLINT live in 32-bit storage; after an operation they wrap to their own width.</summary>
internal static class NarrowIntegers
{
    public static void Wrap(SqlType type, Span<int> values)
    {
        if (type.Kind == SqlTypeKind.TinyInt)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (sbyte)values[i];
            }
        }
        else if (type.Kind == SqlTypeKind.SmallInt)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (short)values[i];
            }
        }
    }
}
