using System.Text;
using Millrace.Hosting.Running;
using Millrace.Hosting.Tests.Support;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Hosting.Tests;

/// <summary>While a start catches up, steps are committed together.</summary>
public sealed class StepsTogetherTests
{
    private const int StepRecords = 5;
    private const int Positions = StepRecords * (EngineActivity.StepsTogether + 2);

    [Fact]
    public void As_many_as_may_go_together_are_committed_at_once_and_none_is_left()
    {
        SteppedShop shop = Waiting();
        EngineActivity engine = shop.Core.Engine;
        List<long> waiting = [];
        while (!shop.Core.Ready.IsCompleted)
        {
            Assert.True(engine.TryRunOnce());
            waiting.Add((engine.Run.Position - shop.Core.Folder.LastStepPosition) / StepRecords);
        }

        Assert.Equal(EngineActivity.StepsTogether - 1, waiting.Max());
        Assert.Equal(shop.Core.Folder.CommittedPosition, shop.Core.Folder.LastStepPosition);
    }

    [Fact]
    public void A_process_that_is_killed_between_them_loses_and_repeats_nothing()
    {
        SteppedShop undisturbed = Waiting();
        undisturbed.Run();
        for (int kill = 1; kill <= EngineActivity.StepsTogether + 4; kill++)
        {
            SteppedShop shop = Waiting();
            for (int i = 0; i < kill; i++)
            {
                shop.Core.Engine.TryRunOnce();
            }

            shop.Kill();
            shop.StartAgain();
            Assert.Equal(undisturbed.Topics(), shop.Topics());
        }
    }

    // A process that finds clicks that are committed, and not processed.
    private static SteppedShop Waiting()
    {
        SteppedShop shop = new(configure: o => o with { MaxStepRecords = StepRecords });
        IEnumerable<string> clicks = Enumerable.Range(1, Positions - 1).Select(
            i => $$"""{"id":"e{{i}}","user":"u{{i % 3}}","item":"i1","at":"2024-01-01T09:00:{{i % 60:D2}}Z"}""");
        _ = shop.Core.Append("clicks", Encoding.UTF8.GetBytes(string.Join('\n', clicks)), null);
        while (shop.Core.Writer.TryRunOnce())
        {
        }

        Assert.Equal(Positions, shop.Core.Folder.CommittedPosition - shop.Core.Engine.Run.Position);
        shop.Kill(Survival.All);
        shop.Reopen();
        return shop;
    }
}
