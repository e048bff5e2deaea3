using Millrace.Bench.Shop;
using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Bench.Pipeline;

/// <summary>Runs the models over the log; their rows are encoded, counted and dropped.</summary>
internal sealed class EnginePass(ShopLog log)
{
    public long Run()
    {
        using DataFolder data = DataFolder.OpenReadOnly(new PosixDisk(), log.Folder.Path);
        StepFeed feed = log.OpenFeed(data);
        using WorkerPool workers = new(1);
        StreamEngine engine = new(EngineGraphBuilder.Build(log.Project), workers);
        RowCount count = new();
        while (feed.TryFill(ReadPass.Records))
        {
            engine.Step(feed.Input, count);
        }

        return count.Rows;
    }

    private sealed class RowCount : IStepOutput
    {
        public long Rows { get; private set; }

        void IStepOutput.Rows(ModelSpec model, OutputRows rows) => Rows += rows.Count;

        public void Bad(in BadRow row) => Rows++;

        public void Late(in LateRow row) => Rows++;
    }
}
