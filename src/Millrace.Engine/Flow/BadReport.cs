namespace Millrace.Engine.Flow;

/// <summary>A bad row, kept until the round is over and all bad rows of a topic can be put into order.</summary>
/// <param name="Topic">The topic's index.</param>
/// <param name="Model">The model that failed, or null.</param>
/// <param name="Position">The row's position.</param>
/// <param name="Event">Its number among the topic's rows; -1 when it did not become a row.</param>
/// <param name="Record">Its record's index in the step's input; -1 for a model's topic.</param>
/// <param name="Operator">Which operator of the model failed, counted from the scan.</param>
/// <param name="Reason">The code.</param>
/// <param name="Message">The sentence.</param>
/// <param name="Original">The row as the failing operator read it; null where the topic's record is meant.</param>
internal readonly record struct BadReport(
    int Topic,
    ModelSpec? Model,
    long Position,
    int Event,
    int Record,
    int Operator,
    string Reason,
    string Message,
    byte[]? Original);
