namespace Millrace.Engine.Pipelines;

/// <summary>Runs work of lanes on the workers, or all of it on the caller's thread where there is too little.</summary>
internal sealed class LaneRunner(IWorkers workers, int fewestRowsPerLane)
{
    public int Count { get; } = workers.Count;

    public bool IsWorthSharing(int rows) => Count > 1 && rows >= (long)Count * fewestRowsPerLane;

    /// <summary>Runs the action for every lane.</summary>
    public void Run(bool shared, Action<int> action)
    {
        if (shared)
        {
            workers.Run(Count, action);
            return;
        }

        for (int lane = 0; lane < Count; lane++)
        {
            action(lane);
        }
    }

    /// <summary>Where a lane's part of that many rows begins; that of lane <see cref="Count"/> is the end.</summary>
    public int Start(int lane, int rows)
    {
        if (!IsWorthSharing(rows))
        {
            return lane == 0 ? 0 : rows;
        }

        return (int)((long)rows * lane / Count);
    }
}
