using System.Text;
using Millrace.Engine.Tests.Oracle;
using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;
using Xunit;

namespace Millrace.Engine.Tests.Live;

/// <summary>
/// Wherever a step lets itself be read, each model shows exactly what follows from the records up to its position: the
/// rows of a window that is closing are out or still live, none is missing and none is there twice.
/// </summary>
public sealed class ReadsWithinStepTests
{
    // The others' windows come out in parts.
    private static readonly string[] AlwaysWhole = ["clean", "enriched", "popularity", "shares"];

    private readonly List<Dictionary<string, int>> outBy = [];
    private readonly List<string[]> liveBy = [];
    private readonly ShopOracle oracle = new();
    private Recorder recorder = new();
    private StreamEngine engine = null!;
    private int readsWithinClosing;

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 3, 2)]
    public void Every_row_is_out_or_live(int seed, int workers, int rowsPerLane)
    {
        List<StreamItem> items = [.. ShopStream.Create(seed, 400).Where(i => i is not EndItem)];
        for (int i = 0; i < items.Count; i++)
        {
            oracle.Take(items[i], i);
            outBy.Add(oracle.Lines.ToDictionary(l => l.Name, l => l.Lines.Count, StringComparer.Ordinal));
            liveBy.Add([.. oracle.LiveSessions(0)]);
        }

        engine = EngineDriver.Engine(ShopGraph.Create(), workers, rowsPerLane);
        recorder = new Recorder { WhenReadable = Check };
        EngineDriver.Run(engine, items, stepSize: 150, recorder);
        Assert.Equal(LinesOf("sessions"), recorder.Of("sessions"));
        Assert.NotEqual(0, readsWithinClosing);
    }

    private void Check()
    {
        foreach (string model in AlwaysWhole)
        {
            Assert.Equal(LinesOf(model).Take(OutOf(model)), recorder.Of(model));
        }

        string[] due = [.. LinesOf("sessions").Take(OutOf("sessions"))];
        IReadOnlyList<string> given = recorder.Of("sessions");
        Assert.Equal(due.Take(given.Count), given);
        readsWithinClosing += given.Count < due.Length ? 1 : 0;
        IEnumerable<string> closing = due.Skip(given.Count).Select(l => l.Split('|', 5)[4]);
        string[] live = Values(engine.ReadAllLive("sessions"));
        Assert.Equal(closing.Concat(DueLive()).Order(), live.Order());
        for (int s = 0; s < 7; s++)
        {
            string start = $"session_id=s{s},";
            IEnumerable<string> ofKey = live.Where(r => r.StartsWith(start, StringComparison.Ordinal));
            Assert.Equal(ofKey, Values(engine.ReadLive("sessions", Encoding.UTF8.GetBytes($"s{s}"))));
        }
    }

    private List<string> LinesOf(string model) => oracle.Lines.First(l => l.Name == model).Lines;

    private int OutOf(string model) => PositionOf(model) < 0 ? 0 : outBy[PositionOf(model)][model];

    private string[] DueLive() => PositionOf("sessions") < 0 ? [] : liveBy[PositionOf("sessions")];

    private int PositionOf(string model) => (int)Math.Max(-1, engine.PositionOf(model));

    private static string[] Values(OutputRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(i => Recorder.Canonical(rows.Value(i)))];
}
