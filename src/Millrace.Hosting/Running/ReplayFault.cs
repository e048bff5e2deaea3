namespace Millrace.Hosting.Running;

/// <summary>
/// Replaying the log did not give the rows that the models' topics hold: the project's models, or the program, are not
/// those that wrote the data folder. Nothing was written.
/// </summary>
public sealed class ReplayFault(string topic, int partition, long replayed, long written)
    : Exception(
        $"topic {topic}, partition {partition}: replaying the log gives {replayed} rows, {written} had been written; "
        + "the models have changed since, so start with another data folder")
{
    public string Topic => topic;

    public int Partition => partition;
}
