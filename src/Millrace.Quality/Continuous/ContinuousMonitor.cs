using Millrace.Hosting;
using Millrace.Hosting.Status;
using Millrace.Projects;
using Millrace.Quality.Alerts;

namespace Millrace.Quality.Continuous;

/// <summary>
/// Watches a running project: the freshness of its sources and its continuous tests, once a second. What changes is
/// said to the log; a failing test alerts whom it names, once per cooldown. <see cref="Conditions"/> may be read by
/// any thread.
/// </summary>
public sealed class ContinuousMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CompiledProject project;
    private readonly Func<RuntimeStatus> status;
    private readonly AlertSender sender;
    private readonly Action<string> log;
    private readonly AlertCooldown cooldown = new();
    private readonly Dictionary<ThroughputAssertion, RateWindow> rates = new(ReferenceEqualityComparer.Instance);
    private readonly CancellationTokenSource stopping = new();
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly List<Task> sending = [];
    private volatile IReadOnlyList<Condition> conditions = [];

    /// <param name="project">What is declared.</param>
    /// <param name="status">Reads what the runtime does.</param>
    /// <param name="sender">Sends alerts.</param>
    /// <param name="clock">Drives the watching.</param>
    /// <param name="log">Takes one line per change.</param>
    public ContinuousMonitor(
        CompiledProject project, Func<RuntimeStatus> status, AlertSender sender, TimeProvider clock, Action<string> log)
    {
        this.project = project;
        this.status = status;
        this.sender = sender;
        this.log = log;
        IEnumerable<AssertionDefinition> assertions = project.Tests.SelectMany(t => t.Assertions);
        foreach (ThroughputAssertion assertion in assertions.OfType<ThroughputAssertion>())
        {
            rates[assertion] = new RateWindow(assertion.PerMs);
        }

        timer = clock.CreateTimer(_ => Tick(), null, Interval, Interval);
    }

    /// <summary>Everything that is watched, as it was at the last tick.</summary>
    public IReadOnlyList<Condition> Conditions => conditions;

    /// <summary>Whether an alert is on its way.</summary>
    internal bool IsSending
    {
        get
        {
            lock (gate)
            {
                return sending.Exists(t => !t.IsCompleted);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync().ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
        Task[] left;
        lock (gate)
        {
            left = [.. sending];
        }

        await Task.WhenAll(left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    /// <summary>Looks once. Ticks that come while one is at work wait for it.</summary>
    internal void Tick()
    {
        lock (gate)
        {
            sending.RemoveAll(t => t.IsCompleted);
            RuntimeStatus now = status();
            if (now.State == RuntimeState.Recovering)
            {
                // Rows that are replayed are not rows that come.
                return;
            }

            IEnumerable<TestDefinition> tests = project.Tests.Where(t => t.Kind == TestKind.Continuous);
            List<Condition> found = [.. Freshness(now), .. tests.SelectMany(t => Look(t, now))];
            IReadOnlyList<Condition> before = conditions;
            conditions = [.. found.Select(c => KeepSince(c, before))];
            LogChanges(before, conditions);
            SendAlerts(now.NowMs);
        }
    }

    private IEnumerable<Condition> Freshness(RuntimeStatus now)
    {
        foreach (CompiledSource source in project.Sources.Where(s => s.Freshness is not null))
        {
            SourceStatus seen = now.Sources.First(s => s.Name == source.Name);
            long age = now.NowMs - (seen.LastRecordMs ?? now.StartedMs);
            (Health health, string message) = Judgement.Freshness(
                source.Freshness!, age, seen.LastRecordMs is not null);
            yield return new Condition(source.Name, source.Name, "freshness", health, message, now.NowMs);
        }
    }

    private IEnumerable<Condition> Look(TestDefinition test, RuntimeStatus now)
    {
        TableActivity activity = TableActivity.Of(now, test.Table);
        foreach (AssertionDefinition assertion in test.Assertions)
        {
            (string check, (Health health, string message)) = assertion switch
            {
                MaxLagAssertion lag => ("max_lag", Judgement.MaxLag(lag, activity.LagMs, TimeColumnOf(test.Table))),
                ThroughputAssertion bounds =>
                    ("throughput", Judgement.Throughput(bounds, Rate(bounds, now.NowMs, activity.Rows))),
                _ => ("", (Health.Unknown, "")),
            };
            if (check.Length > 0)
            {
                yield return new Condition(test.Name, test.Table, check, health, message, now.NowMs);
            }
        }
    }

    private double? Rate(ThroughputAssertion assertion, long nowMs, long rows)
    {
        RateWindow window = rates[assertion];
        window.Read(nowMs, rows);
        return window.RowsPerPeriod;
    }

    private string? TimeColumnOf(string name) =>
        project.FindTable(name) is { EventTime: { } time } table ? table.Columns[time.Column].Name : null;

    private static Condition KeepSince(Condition condition, IReadOnlyList<Condition> before)
    {
        Condition? old = Before(condition, before);
        return old?.Health == condition.Health ? condition with { SinceMs = old.SinceMs } : condition;
    }

    private static Condition? Before(Condition condition, IReadOnlyList<Condition> before) => before.FirstOrDefault(
        b => b.Subject == condition.Subject && b.Table == condition.Table && b.Check == condition.Check);

    private void LogChanges(IReadOnlyList<Condition> before, IReadOnlyList<Condition> after)
    {
        foreach (Condition condition in after)
        {
            Health old = Before(condition, before)?.Health ?? Health.Unknown;
            bool isNews = condition.Health != old && (condition.Health > Health.Ok || old > Health.Ok);
            if (isNews)
            {
                string health = condition.Health.ToString().ToLowerInvariant();
                log($"{health}: {condition.Subject} {condition.Check}: {condition.Message}");
            }
        }
    }

    private void SendAlerts(long nowMs)
    {
        foreach (TestDefinition test in project.Tests.Where(t => t.Alerts.Count > 0))
        {
            IEnumerable<Condition> failing = conditions.Where(c => c.Subject == test.Name && c.Health == Health.Error);
            string[] messages = [.. failing.Select(c => $"{c.Check}: {c.Message}")];
            if (messages.Length == 0)
            {
                continue;
            }

            for (int i = 0; i < test.Alerts.Count; i++)
            {
                AlertDefinition alert = test.Alerts[i];
                string key = $"{test.Name}/{i}";
                if (cooldown.TryPass(key, alert.CooldownMs ?? AlertCooldown.DefaultMs, nowMs))
                {
                    sending.Add(SendAsync(key, alert, new Alert(project.Name, test.Name, test.Table, messages, nowMs)));
                }
            }
        }
    }

    private async Task SendAsync(string key, AlertDefinition definition, Alert alert)
    {
        AlertOutcome outcome = await sender.SendAsync(definition, alert, stopping.Token).ConfigureAwait(false);
        string channel = definition.Channel.ToString().ToLowerInvariant();
        if (outcome.Sent)
        {
            cooldown.Succeed(key);
            log($"alert: told {channel} that {alert.Test} fails");
        }
        else if (cooldown.Fail(
            key, outcome.Problem ?? "", definition.CooldownMs ?? AlertCooldown.DefaultMs, alert.AtMs))
        {
            log($"error: {channel} was not told that {alert.Test} fails: {outcome.Problem}");
        }
    }
}
