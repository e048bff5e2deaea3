using Millrace.Storage.Disk;

namespace Millrace.Simulation;

/// <summary>What a seed decides about a run as a whole; the rest is decided on the way, from the same seed.</summary>
internal sealed record Scenario
{
    /// <summary>The event time of the first event, and the time of day at which a run begins.</summary>
    public const long StartMs = 1_704_103_200_000;

    private static readonly double[] Rates = [0.05, 0.2, 1, 5];
    private static readonly int[] SliceSizes = [1, 300, 1 << 20];
    private static readonly int[] Reserves = [0, 4_000, 50_000];
    private static readonly int[] StepSizes = [1, 7, 1 << 16];
    private static readonly int[] LedgerSizes = [300, 1500, 20_000];

    public required int Seed { get; init; }

    public required Durability Durability { get; init; }

    /// <summary>Events per second of event time: the fewer, the more windows close.</summary>
    public required double EventsPerSecond { get; init; }

    public required double BadShare { get; init; }

    public required double LateShare { get; init; }

    /// <summary>Products are deleted.</summary>
    public required bool Deletes { get; init; }

    /// <summary>Events are sent twice.</summary>
    public required bool Repeats { get; init; }

    /// <summary>
    /// The time of day stands nearly still, so that no partition is ever silent: then the oracle, which knows no clock,
    /// can judge.
    /// </summary>
    public required bool IsCalm { get; init; }

    /// <summary>The project is edited between one process and the next.</summary>
    public required bool Changes { get; init; }

    /// <summary>How often the process is started, at least.</summary>
    public required int Lives { get; init; }

    /// <summary>Things that happen in a life, at most.</summary>
    public required int Actions { get; init; }

    public required long LedgerFileBytes { get; init; }

    /// <summary>Bytes of a snapshot between two steps: the fewer, the more is changed before it is written.</summary>
    public required int SnapshotSliceBytes { get; init; }

    /// <summary>Memory and disk are full now and then.</summary>
    public required bool IsTight { get; init; }

    public required long DiskReserveBytes { get; init; }

    public required TimeSpan FlushInterval { get; init; }

    public required TimeSpan RetentionInterval { get; init; }

    /// <summary>How often a replay compares what it gives: all rows, or so few that most are only counted.</summary>
    public required long ReplayCheckInterval { get; init; }

    /// <summary>Records of a step, at most: few, so that steps are committed together.</summary>
    public required int MaxStepRecords { get; init; }

    public required ShopVariant Shop { get; init; }

    public static Scenario Of(int seed)
    {
        Random random = new(seed);
        ShopVariant shop = ShopVariant.Of(random);
        bool changes = random.Next(3) == 0;
        shop = random.Next(3) == 0 ? shop.Forgetting(random) : shop;
        return new Scenario
        {
            Seed = seed,
            Durability = random.Next(3) == 0 ? Durability.Os : Durability.Fsync,
            EventsPerSecond = Rates[random.Next(Rates.Length)],
            BadShare = random.Next(2) * 0.03,
            LateShare = random.Next(2) * 0.05,
            Deletes = random.Next(2) == 0,
            Repeats = random.Next(2) == 0,
            IsCalm = random.Next(3) == 0,
            Changes = changes,
            Lives = 1 + random.Next(5),
            Actions = 30 + random.Next(120),
            LedgerFileBytes = LedgerSizes[random.Next(LedgerSizes.Length)],
            SnapshotSliceBytes = SliceSizes[random.Next(SliceSizes.Length)],
            IsTight = random.Next(4) == 0,
            DiskReserveBytes = Reserves[random.Next(Reserves.Length)],
            FlushInterval = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 30_000 : random.Next(20, 2_000)),
            Shop = shop,
            RetentionInterval = TimeSpan.FromMilliseconds(random.Next(20, 1_000)),
            ReplayCheckInterval = random.Next(2) == 0 ? 1 : 64,
            MaxStepRecords = StepSizes[random.Next(StepSizes.Length)],
        };
    }
}
