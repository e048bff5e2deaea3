using System.Collections.Immutable;
using System.Text;

namespace Millrace.Data.Json;

/// <summary>
/// Builds the shape of the root object: wanted columns by name or, where a path leads to them, through nested shapes.
/// </summary>
internal static class DecodeShape
{
    public static ObjectShape Build(DecodeColumn[] columns, ImmutableDictionary<string, ImmutableArray<string>> paths)
    {
        Level root = new();
        foreach (DecodeColumn column in columns)
        {
            ImmutableArray<string> path = paths.GetValueOrDefault(column.Name, [column.Name]);
            Level level = root;
            foreach (string key in path[..^1])
            {
                level = level.Descend(key);
            }

            if (level.Nested.ContainsKey(path[^1]) || !level.Columns.TryAdd(path[^1], column))
            {
                throw new ArgumentException($"two columns are read from {string.Join('.', path)}", nameof(paths));
            }
        }

        return root.ToShape();
    }

    private sealed class Level
    {
        public OrderedDictionary<string, DecodeColumn> Columns { get; } = new(StringComparer.Ordinal);

        public OrderedDictionary<string, Level> Nested { get; } = new(StringComparer.Ordinal);

        public Level Descend(string key)
        {
            if (Columns.ContainsKey(key))
            {
                throw new ArgumentException($"a column is read from {key}, and others from inside it", nameof(key));
            }

            if (!Nested.TryGetValue(key, out Level? level))
            {
                Nested.Add(key, level = new Level());
            }

            return level;
        }

        public ObjectShape ToShape() => new(
            [.. Columns.Values, .. Nested.Values.Select(_ => (DecodeColumn)null!)],
            [.. Columns.Values.Select(_ => (ObjectShape?)null), .. Nested.Values.Select(n => n.ToShape())],
            [.. Columns.Keys.Concat(Nested.Keys).Select(Encoding.UTF8.GetBytes)]);
    }
}
