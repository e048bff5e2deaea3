using System.Text;
using Millrace.Hosting.Running;
using Millrace.Hosting.Tests.Support;
using Millrace.Storage.Topics;
using Xunit;

namespace Millrace.Hosting.Tests;

/// <summary>While there is more to do, steps are committed together: none alone, and the last at once.</summary>
public sealed class StepsTogetherTests
{
    private const int StepRecords = 5;

    [Fact]
    public void What_waits_is_seen_after_the_last_of_the_steps_that_go_together()
    {
        SteppedShop shop = Waiting((StepRecords * (EngineActivity.StepsTogether + 1)) + 1);
        EngineActivity engine = shop.Core.Engine;
        long before = engine.Run.Position;
        Task<bool> passed = engine.Between.WaitFor(before + 1);
        for (int step = 1; step < EngineActivity.StepsTogether; step++)
        {
            Assert.True(engine.TryRunOnce());
            Assert.Equal(before + (step * StepRecords), engine.Run.Position);
            Assert.Equal((before, 0), (shop.Core.Folder.LastStepPosition, Visible(shop)));
        }

        Assert.True(engine.TryRunOnce());
        Assert.Equal(engine.Run.Position, shop.Core.Folder.LastStepPosition);
        Assert.NotEqual(0, Visible(shop));
        Assert.False(passed.IsCompleted);
        Assert.True(engine.TryRunOnce());
        Assert.True(passed.IsCompleted);
        Assert.NotEqual(engine.Run.Position, shop.Core.Folder.LastStepPosition);

        // Takes less than it might: nothing else waits.
        Assert.True(engine.TryRunOnce());
        Assert.Equal(shop.Core.Folder.CommittedPosition, shop.Core.Folder.LastStepPosition);
    }

    [Fact]
    public void Steps_after_which_nothing_comes_are_committed()
    {
        SteppedShop shop = Waiting(StepRecords);
        EngineActivity engine = shop.Core.Engine;
        Assert.True(engine.TryRunOnce());
        Assert.Equal((shop.Core.Folder.CommittedPosition, 0), (engine.Run.Position, Visible(shop)));
        Task<bool> all = engine.Between.WaitFor(engine.Run.Position);
        Assert.True(engine.TryRunOnce());
        Assert.Equal(engine.Run.Position, shop.Core.Folder.LastStepPosition);
        Assert.NotEqual(0, Visible(shop));
        engine.TryRunOnce();
        Assert.True(all.IsCompleted);
    }

    [Fact]
    public void A_process_that_is_killed_between_them_loses_and_repeats_nothing()
    {
        SteppedShop undisturbed = Waiting(4 * StepRecords);
        undisturbed.Run();
        for (int steps = 1; steps <= EngineActivity.StepsTogether; steps++)
        {
            SteppedShop shop = Waiting(4 * StepRecords);
            for (int step = 0; step < steps; step++)
            {
                shop.Core.Engine.TryRunOnce();
            }

            shop.Kill();
            shop.StartAgain();
            Assert.Equal(undisturbed.Topics(), shop.Topics());
        }
    }

    [Fact]
    public void A_snapshot_is_of_a_committed_step()
    {
        SteppedShop shop = Waiting(3 * StepRecords);
        Task<Storage.Snapshots.SnapshotInfo?> taken = shop.Core.TakeSnapshot();
        shop.Core.Engine.TryRunOnce();
        Assert.Null(shop.Core.SnapshotTaker.Job);
        shop.Run();
        Assert.Equal(shop.Core.Folder.LastStepPosition, taken.Result?.Position);
    }

    // Clicks and a reading of the clock that are committed, and not processed.
    private static SteppedShop Waiting(int positions)
    {
        SteppedShop shop = new(configure: o => o with { MaxStepRecords = StepRecords });
        IEnumerable<string> clicks = Enumerable.Range(1, positions - 1).Select(
            i => $$"""{"id":"e{{i}}","user":"u{{i % 3}}","item":"i1","at":"2024-01-01T09:00:{{i % 60:D2}}Z"}""");
        _ = shop.Core.Append("clicks", Encoding.UTF8.GetBytes(string.Join('\n', clicks)), null);
        while (shop.Core.Writer.TryRunOnce())
        {
        }

        Assert.Equal(positions, shop.Core.Folder.CommittedPosition - shop.Core.Engine.Run.Position);
        return shop;
    }

    private static long Visible(SteppedShop shop)
    {
        Assert.True(shop.Core.Folder.TryGetTopic("clicks_priced", out TopicLog? topic));
        return topic!.Partitions.Sum(p => p.CommittedEnd);
    }
}
