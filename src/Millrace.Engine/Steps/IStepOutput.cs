namespace Millrace.Engine;

/// <summary>
/// Takes what a step yields. Called on the thread that steps, per topic in order of position; everything passed is
/// good during the call only. What comes per topic, in which order, does not depend on steps, batches or workers; how
/// it is cut into calls does.
/// </summary>
public interface IStepOutput
{
    /// <summary>Rows that a model appends to its topic.</summary>
    void Rows(ModelSpec model, OutputRows rows);

    /// <summary>Whether somebody wants the values of the rows that a model gives next; else they are not made, and
    /// <see cref="OutputRows.HasValues"/> is false.</summary>
    bool WantsValues(ModelSpec model) => true;

    /// <summary>A record or row that could not be processed and went no further.</summary>
    void Bad(in BadRow row);

    /// <summary>A row that came for a window which had closed.</summary>
    void Late(in LateRow row);

    /// <summary>
    /// Called where the engine can be read within a step as it can be between two, so that reads need not wait for the
    /// end of a long one: what <see cref="StreamEngine.PositionOf"/> says has been processed, and every row of a window
    /// that is closing either has been given out or is still a live one.
    /// </summary>
    void Readable()
    {
    }
}
