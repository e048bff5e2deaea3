using System.Collections.Concurrent;
using Millrace.Hosting;
using Millrace.Hosting.Meters;
using Millrace.Hosting.Status;
using Millrace.Quality.Alerts;
using Millrace.Quality.Continuous;
using Xunit;

namespace Millrace.Quality.Tests;

/// <summary>The monitor over a made-up runtime and stepped time.</summary>
public sealed class ContinuousMonitorTests
{
    private readonly SteppedTime time = new();
    private readonly ConcurrentQueue<string> log = [];
    private readonly List<ContinuousMonitor> monitors = [];
    private readonly long startedMs;
    private RuntimeState state = RuntimeState.Running;
    private long? lastRecordMs;
    private long rows;

    public ContinuousMonitorTests()
    {
        startedMs = time.NowMs;
    }

    [Fact]
    public async Task Freshness_goes_from_ok_to_error_and_back_and_says_so_once()
    {
        await using ContinuousMonitor monitor = Start(Tests("http://127.0.0.1:1/"));
        List<Health> health = [];
        for (int second = 1; second <= 30; second++)
        {
            lastRecordMs = second >= 25 ? time.NowMs : lastRecordMs;
            time.Advance(TimeSpan.FromSeconds(1));
            health.Add(Freshness(monitor).Health);
        }

        Assert.All(health.Take(10), h => Assert.Equal(Health.Ok, h));
        Assert.All(health.Skip(10).Take(10), h => Assert.Equal(Health.Warning, h));
        Assert.All(health.Skip(20).Take(4), h => Assert.Equal(Health.Error, h));
        Assert.All(health.Skip(24), h => Assert.Equal(Health.Ok, h));
        Assert.Equal(["warning", "error", "ok"],
            log.Where(l => l.Contains("freshness", StringComparison.Ordinal)).Select(l => l.Split(':')[0]));
        Assert.Equal(startedMs + 25_000, Freshness(monitor).SinceMs);
    }

    [Fact]
    public async Task A_failing_test_alerts_once_per_cooldown()
    {
        using FakeReceiver receiver = new(200);
        await using ContinuousMonitor monitor = Start(Tests(receiver.Address));
        lastRecordMs = startedMs;
        for (int second = 0; second < 65; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await Logged("alert: told slack that alive fails", 2);
        Assert.Equal(2, receiver.Bodies.Count);
        Assert.All(receiver.Bodies, b => Assert.Contains("max_lag: lag ", b, StringComparison.Ordinal));
        Assert.Equal(Health.Error, Of(monitor, "max_lag").Health);
    }

    [Fact]
    public async Task An_alert_that_nobody_took_goes_out_again_within_the_cooldown_and_is_said_once()
    {
        // Refused at once and for good, twice; then taken.
        using FakeReceiver receiver = new(404, 404, 200);
        await using ContinuousMonitor monitor = Start(Tests(receiver.Address, "10m"));
        lastRecordMs = startedMs;
        await AdvanceUntil(() => receiver.Bodies.Count == 3);

        await Logged("alert: told slack that alive fails", 1);
        Assert.Equal(startedMs + 4_000 + 2 * AlertCooldown.RetryMs, time.NowMs);
        Assert.Single(log, l => l == "error: slack was not told that alive fails: the receiver answered 404");
        for (int second = 0; second < 500; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, receiver.Bodies.Count);
    }

    [Fact]
    public async Task Throughput_is_judged_after_a_whole_period_of_running()
    {
        await using ContinuousMonitor monitor = Start(Tests("http://127.0.0.1:1/"));
        state = RuntimeState.Recovering;
        for (int second = 0; second < 30; second++)
        {
            rows += 1000;
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Empty(monitor.Conditions);
        }

        state = RuntimeState.Running;
        List<Health> health = [];
        for (int second = 0; second < 25; second++)
        {
            rows += second < 15 ? 2 : 0;
            time.Advance(TimeSpan.FromSeconds(1));
            health.Add(Of(monitor, "throughput").Health);
        }

        Assert.All(health.Take(10), h => Assert.Equal(Health.Unknown, h));
        Assert.All(health.Skip(10).Take(9), h => Assert.Equal(Health.Ok, h));
        Assert.Equal(Health.Error, health[^1]);
    }

    [Fact]
    public async Task A_table_without_rows_has_no_lag_and_no_alert()
    {
        using FakeReceiver receiver = new(200);
        await using ContinuousMonitor monitor = Start(Tests(receiver.Address));
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((Health.Unknown, "no row yet"), (Of(monitor, "max_lag").Health, Of(monitor, "max_lag").Message));
        Assert.Empty(receiver.Bodies);
    }

    private static Condition Freshness(ContinuousMonitor monitor) => Of(monitor, "freshness");

    private static Condition Of(ContinuousMonitor monitor, string check) =>
        monitor.Conditions.Single(c => c.Check == check);

    private static string Tests(string address, string cooldown = "40s") => $$"""
        tests:
          - name: alive
            model: clean
            type: continuous
            assertions:
              - max_lag: {seconds: 3}
              - throughput: {min_per_minute: 60}
            on_failure:
              - alert: {channel: slack, webhook: "{{address}}", cooldown: {{cooldown}}}
        """;

    // The minute of the throughput is too long to step through second by second: ten seconds do.
    private ContinuousMonitor Start(string tests)
    {
        Projects.CompiledProject project = Definitions.Project(tests);
        Projects.TestDefinition test = project.Tests.Single();
        project = project with
        {
            Tests =
            [
                test with { Assertions = [.. test.Assertions.Select(Shorten)] },
            ],
        };
        ContinuousMonitor monitor = new(project, Status, new AlertSender(time), time, log.Enqueue);
        monitors.Add(monitor);
        return monitor;
    }

    private static Projects.AssertionDefinition Shorten(Projects.AssertionDefinition assertion) =>
        assertion is Projects.ThroughputAssertion bounds ? bounds with { Min = 10, PerMs = 10_000 } : assertion;

    // Each alert is on its way while the clock stands: an answer must not depend on how fast the steps are.
    private async Task AdvanceUntil(Func<bool> isDone)
    {
        while (!isDone())
        {
            Assert.True(time.NowMs < startedMs + 600_000, string.Join('\n', log));
            time.Advance(TimeSpan.FromSeconds(1));
            await Settled();
        }
    }

    private async Task Settled()
    {
        while (monitors.Exists(m => m.IsSending))
        {
            await Task.Yield();
        }
    }

    private async Task Logged(string line, int times)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (log.Count(l => l == line) < times)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(120), string.Join('\n', log));
            await Task.Yield();
        }
    }

    private RuntimeStatus Status() => new()
    {
        State = state,
        NowMs = time.NowMs,
        StartedMs = startedMs,
        Recovery = [],
        Sources =
        [
            new SourceStatus
            {
                Name = "clicks", Topic = "clicks", Partitions = 1, IsVersionedOnly = false, Records = rows, Bad = 0,
                Tombstones = 0, DecodeFallbacks = 0, Accepted = 0, Rejected = 0, PerMinute = 0,
                LastRecordMs = lastRecordMs,
            },
        ],
        Models =
        [
            new ModelStatus
            {
                Name = "clean", Topic = "clean", RowsIn = rows, RowsOut = rows, Late = 0, Bad = 0, Unmatched = 0,
                LateVersions = 0, OpenWindows = 0, OpenGroups = 0, Versions = 0, StateBytes = 0, ViewRows = 0,
                ViewBytes = 0, IsViewComplete = true, PerMinute = 0, LastRowMs = lastRecordMs,
            },
        ],
        Log = new LogStatus(0, 0, new LatencyHistogram(), 0, 0),
        Engine = new EngineStatus(0, 0, 0, 0),
    };
}
