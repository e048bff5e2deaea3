using System.Text;

namespace Millrace.Engine.Tests.Oracle;

/// <summary>A row of the oracle: values by column name. Times are <see cref="long"/> ms.</summary>
internal sealed record OracleRow(Dictionary<string, object?> Values, long Position)
{
    public object? this[string column] => Values[column];

    public string? Text(string column) => (string?)Values[column];

    public long? Time(string column) => (long?)Values[column];

    /// <summary>Another row, caused by the same record.</summary>
    public OracleRow With(params (string Name, object? Value)[] columns) => Of(Position, columns);

    public static OracleRow Of(long position, params (string Name, object? Value)[] columns) =>
        new(columns.ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal), position);

    /// <summary>The row as <see cref="Support.Recorder"/> writes it.</summary>
    public override string ToString() => string.Join(",", Values.Select(v => $"{v.Key}={OracleText.Of(v.Value)}"));

    /// <summary>
    /// Group keys as a text whose ordinal order is that of the engine's key bytes: NULL before values; shorter texts
    /// before longer ones, except in the last column.
    /// </summary>
    public string KeyOf(params string[] columns)
    {
        StringBuilder key = new();
        for (int i = 0; i < columns.Length; i++)
        {
            string? value = Text(columns[i]);
            key.Append(value is null ? '\0' : '\u0001');
            if (value is not null && i < columns.Length - 1)
            {
                key.Append((char)Encoding.UTF8.GetByteCount(value));
            }

            key.Append(value);
        }

        return key.ToString();
    }
}
