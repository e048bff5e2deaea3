using Millrace.Hosting.Running;
using Millrace.Simulation.Reference;

namespace Millrace.Simulation.Clients;

/// <summary>
/// What the clients know: their requests in the order in which they were sent, and what became of each. Requests are
/// committed in that order, so the log must be their sequence without those that were refused, and perhaps without
/// those that were never answered.
/// </summary>
internal sealed class Account(Func<string, string> topicOf)
{
    private readonly List<ClientRequest> requests = [];
    private int open;

    /// <summary>How many requests there were.</summary>
    public int Count => requests.Count;

    /// <summary>All requests but so many first ones.</summary>
    public IReadOnlyList<ClientRequest> After(int first) => requests[first..];

    public void Sent(ClientRequest request) => requests.Add(request);

    /// <summary>Reads the answers that have come.</summary>
    public void ReadAnswers()
    {
        for (int i = open; i < requests.Count; i++)
        {
            ClientRequest request = requests[i];
            if (request is { State: RequestState.Unknown, Answer: { IsCompleted: true } answer })
            {
                Take(request, answer);
            }
        }

        while (open < requests.Count && requests[open].Answer is null or { IsCompleted: true })
        {
            open++;
        }
    }

    /// <summary>The process is gone: who has no answer by now gets none.</summary>
    public void GiveUp()
    {
        ReadAnswers();
        open = requests.Count;
    }

    /// <summary>
    /// Loss of power with durability <c>os</c> may take what was acknowledged and not synced: what lay behind the new
    /// end is as if it had never been answered.
    /// </summary>
    public void Forget(long end)
    {
        foreach (ClientRequest request in requests.Where(r => r.EndPosition > end))
        {
            request.State = RequestState.Unknown;
            request.EndPosition = -1;
        }
    }

    /// <summary>
    /// Every acknowledged record is in the log once, at the place that the answer named; nothing else is.
    /// </summary>
    public void Check(LogHistory history)
    {
        int at = 0;
        foreach (ClientRequest request in requests)
        {
            at = SkipTicks(history, at);
            if (!IsAt(history, at, request))
            {
                Require(request.State != RequestState.Acknowledged, request, $"is missing at position {at}");
                continue;
            }

            Require(request.State != RequestState.Refused, request, $"is there, at position {at}");
            at += request.Values.Count;
            Require(request.State != RequestState.Acknowledged || request.EndPosition == at, request, $"ends at {at}");
        }

        at = SkipTicks(history, at);
        if (at < history.Count)
        {
            throw new SimulationFailure($"nobody sent what is at position {at}: {history[at]}");
        }
    }

    private static int SkipTicks(LogHistory history, int at)
    {
        while (at < history.Count && history[at].IsTick)
        {
            at++;
        }

        return at;
    }

    private static void Require(bool holds, ClientRequest request, string what)
    {
        if (!holds)
        {
            throw new SimulationFailure(
                $"a request ({request.State}, end {request.EndPosition}) {what}: {request.Values[0] ?? request.Key}");
        }
    }

    private bool IsAt(LogHistory history, int at, ClientRequest request)
    {
        string topic = topicOf(request.Source);
        for (int i = 0; i < request.Values.Count; i++)
        {
            if (at + i >= history.Count || history[at + i].Topic != topic || history[at + i].Value != request.Values[i]
                || (request.Key is { } key && history[at + i].Key != key))
            {
                return false;
            }
        }

        return true;
    }

    private void Take(ClientRequest request, Task<AppendResult> answer)
    {
        AppendResult result = answer.GetAwaiter().GetResult();
        switch (result.Outcome)
        {
            case AppendOutcome.Committed:
                request.State = RequestState.Acknowledged;
                request.EndPosition = result.EndPosition;
                break;
            case AppendOutcome.Unavailable:
                break;
            default:
                request.State = RequestState.Refused;
                break;
        }
    }
}
