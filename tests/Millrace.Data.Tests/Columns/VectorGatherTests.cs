namespace Millrace.Data.Tests.Columns;

public class VectorGatherTests
{
    public static TheoryData<int> TypeNumbers => [.. Enumerable.Range(0, RandomColumns.Types.Length)];

    [Theory]
    [MemberData(nameof(TypeNumbers))]
    public void Gathered_rows_are_the_rows_of_the_source(int type)
    {
        Random random = new(type);
        ColumnVector target = ColumnVector.Create(RandomColumns.Types[type]);
        for (int round = 0; round < 30; round++)
        {
            int size = random.Next(200);
            ColumnVector source = RandomColumns.Make(RandomColumns.Types[type], size, random, round % 3 * 0.2);
            int[] rows = round % 2 == 0
                ? [.. Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(-1, size))]
                : [.. Enumerable.Range(0, size).Where(_ => random.Next(20) > 0)];
            VectorGather.Gather(source, rows, target);
            for (int i = 0; i < rows.Length; i++)
            {
                Assert.Equal(rows[i] < 0 ? "NULL" : RandomColumns.Show(source, rows[i]), RandomColumns.Show(target, i));
            }
        }
    }

    [Fact]
    public void A_batch_takes_positions_and_kinds_along()
    {
        Batch source = new(new Schema([new("a", SqlType.Int)]));
        source.Reset(3);
        source.UseKinds(3);
        for (int i = 0; i < 3; i++)
        {
            ((FixedVector<int>)source.Columns[0]).Values[i] = i;
            source.Positions[i] = 100 + i;
            source.Kinds[i] = (RowKind)i;
        }

        Batch target = new(source.Schema);
        VectorGather.Gather(source, [2, 0], target);
        Assert.Equal(2, target.Count);
        Assert.Equal([102L, 100L], target.Positions[..2]);
        Assert.Equal([RowKind.UpdateAfter, RowKind.Insert], target.Kinds[..2]);
        Assert.False(target.IsInsertOnly);
        Assert.Equal([2, 0], ((FixedVector<int>)target.Columns[0]).Values[..2]);
    }

    [Theory]
    [MemberData(nameof(TypeNumbers))]
    public void Appended_rows_are_kept_when_the_sources_are_gone(int type)
    {
        Random random = new(type);
        VectorAppender appender = VectorAppender.Create(ColumnVector.Create(RandomColumns.Types[type]));
        for (int round = 0; round < 3; round++)
        {
            List<string> expected = [];
            appender.Clear();
            for (int part = 0; part < 20; part++)
            {
                int size = random.Next(1, 50);
                ColumnVector source = RandomColumns.Make(RandomColumns.Types[type], size, random, part % 2 * 0.3);
                int from = random.Next(size);
                appender.AppendRange(source, from, size);
                expected.AddRange(Enumerable.Range(from, size - from).Select(i => RandomColumns.Show(source, i)));
                appender.AppendNull();
                expected.Add("NULL");
                if (source is BytesVector bytes)
                {
                    bytes.Data.AsSpan().Clear();
                }
            }

            Assert.Equal(expected.Count, appender.Count);
            Assert.Equal(expected,
                Enumerable.Range(0, appender.Count).Select(i => RandomColumns.Show(appender.Target, i)));
        }
    }
}
