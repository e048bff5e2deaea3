namespace Millrace.Engine.Operators;

/// <summary>Interrupts a long piece of work each time that so much of it has been done. Not thread-safe.</summary>
/// <param name="every">How much, in whatever it counts.</param>
/// <param name="pause">What is done in between.</param>
internal sealed class Pauses(int every, Action pause)
{
    private int done;

    public void NoteDone(int count)
    {
        done += count;
        if (done >= every)
        {
            done = 0;
            pause();
        }
    }
}
