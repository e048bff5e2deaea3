using System.Collections.Immutable;

namespace Millrace.Data;

/// <summary>
/// Grows one vector at its end by copying single values or ranges of other vectors of the same type, bytes included:
/// for state and results that outlive the batch they come from. The appender owns the target: its buffer of bytes, its
/// children. Not thread-safe.
/// </summary>
public abstract class VectorAppender
{
    private protected VectorAppender(ColumnVector target)
    {
        Target = target;
        target.Reset(0);
    }

    public ColumnVector Target { get; }

    /// <summary>How many rows the target holds.</summary>
    public int Count { get; private set; }

    /// <summary>An appender for an empty vector; what the vector held is forgotten.</summary>
    public static VectorAppender Create(ColumnVector target) => target switch
    {
        FixedVector<byte> t => new Fixed<byte>(t),
        FixedVector<int> t => new Fixed<int>(t),
        FixedVector<long> t => new Fixed<long>(t),
        FixedVector<float> t => new Fixed<float>(t),
        FixedVector<double> t => new Fixed<double>(t),
        FixedVector<Int128> t => new Fixed<Int128>(t),
        BytesVector t => new Bytes(t),
        ListVector t => new Lists(t),
        RowVector t => new Rows(t),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target.GetType().Name, "unknown storage"),
    };

    public void Append(ColumnVector source, int row) => AppendRange(source, row, row + 1);

    /// <summary>Appends rows [from, to) of the source.</summary>
    public void AppendRange(ColumnVector source, int from, int to)
    {
        int at = Count;
        Target.EnsureCapacity(at + to - from);
        Copy(source, from, to, at);
        if (source.HasNulls)
        {
            for (int i = from; i < to; i++)
            {
                if (source.IsNull(i))
                {
                    Target.SetNull(at + i - from);
                }
            }
        }

        Count = at + to - from;
    }

    public void AppendNull()
    {
        Target.EnsureCapacity(Count + 1);
        CopyNull(Count);
        Target.SetNull(Count);
        Count++;
    }

    /// <summary>Empties the target; its memory is kept.</summary>
    public virtual void Clear()
    {
        Count = 0;
        Target.Reset(0);
    }

    private protected abstract void Copy(ColumnVector source, int from, int to, int at);

    private protected virtual void CopyNull(int at)
    {
    }

    private sealed class Fixed<T>(FixedVector<T> target) : VectorAppender(target)
        where T : unmanaged
    {
        private protected override void Copy(ColumnVector source, int from, int to, int at) =>
            ((FixedVector<T>)source).Values.AsSpan(from, to - from).CopyTo(target.Values.AsSpan(at));
    }

    private sealed class Bytes(BytesVector target) : VectorAppender(target)
    {
        private byte[] buffer = [];
        private int used;

        public override void Clear()
        {
            base.Clear();
            used = 0;
        }

        private protected override void Copy(ColumnVector source, int from, int to, int at)
        {
            BytesVector s = (BytesVector)source;
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<byte> value = s.IsNull(i) ? default : s.Slice(i);
                if (buffer.Length - used < value.Length)
                {
                    Array.Resize(ref buffer, Math.Max(used + value.Length, Math.Max(256, buffer.Length * 2)));
                }

                value.CopyTo(buffer.AsSpan(used));
                target.Set(at + i - from, used, value.Length);
                used += value.Length;
            }

            target.Data = buffer;
        }
    }

    private sealed class Lists : VectorAppender
    {
        private readonly ListVector target;
        private readonly VectorAppender elements;
        private readonly VectorAppender? values;

        public Lists(ListVector target)
            : base(target)
        {
            this.target = target;
            elements = Create(target.Elements);
            values = target.Values is null ? null : Create(target.Values);
        }

        public override void Clear()
        {
            base.Clear();
            elements.Clear();
            values?.Clear();
            target.ElementCount = 0;
        }

        private protected override void Copy(ColumnVector source, int from, int to, int at)
        {
            ListVector s = (ListVector)source;
            for (int i = from; i < to; i++)
            {
                int length = s.IsNull(i) ? 0 : s.Lengths[i];
                target.Starts[at + i - from] = elements.Count;
                target.Lengths[at + i - from] = length;
                if (length > 0)
                {
                    elements.AppendRange(s.Elements, s.Starts[i], s.Starts[i] + length);
                    values?.AppendRange(s.Values!, s.Starts[i], s.Starts[i] + length);
                }
            }

            target.ElementCount = elements.Count;
        }
    }

    private sealed class Rows : VectorAppender
    {
        private readonly ImmutableArray<VectorAppender> fields;

        public Rows(RowVector target)
            : base(target)
        {
            fields = [.. target.Fields.Select(Create)];
        }

        public override void Clear()
        {
            base.Clear();
            foreach (VectorAppender field in fields)
            {
                field.Clear();
            }
        }

        private protected override void Copy(ColumnVector source, int from, int to, int at)
        {
            for (int f = 0; f < fields.Length; f++)
            {
                fields[f].AppendRange(((RowVector)source).Fields[f], from, to);
            }
        }

        private protected override void CopyNull(int at)
        {
            foreach (VectorAppender field in fields)
            {
                field.AppendNull();
            }
        }
    }
}
