using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>Signals.</summary>
public sealed class StopTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_signal_lets_it_finish_and_it_says_what_it_did()
    {
        await using ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        await project.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));

        Assert.Equal(0, await project.TerminateAsync());
        Assert.Contains("stopping: no new requests are taken; a second signal ends it at once", project.Process.Error);
        Assert.Contains(project.Process.Error,
            l => l.StartsWith("stopped: all that was accepted is processed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once_and_nothing_is_lost()
    {
        await using (ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]))
        {
            await project.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));
            using Halt hanging = new();
            using HttpRequestMessage request = new(HttpMethod.Post, "/v1/events")
            {
                Content = new HangingBody(hanging),
            };
            Task<HttpResponseMessage> asked = project.Client.SendAsync(request);
            await hanging.Reached;

            // Stopping waits for the request under way for as long as it has patience.
            project.Process.Terminate();
            await Eventually.True(
                () => project.Process.Error.Any(l => l.StartsWith("stopping", StringComparison.Ordinal)), "stopping");
            // What comes at once with the first signal is the same one.
            Task<int> exit = project.Process.ExitAsync();
            await Eventually.True(
                () =>
                {
                    project.Process.Terminate();
                    return exit.IsCompleted;
                },
                "the end");
            Assert.Equal(1, await exit);
            Assert.Contains("ended at once; what was acknowledged is safe", project.Process.Error);
            hanging.Dispose();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => asked);
        }

        await using ServedProject again = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        Answer rows = await again.RowsAsync("/v1/models/events_clean/s");
        Assert.Equal("e1", (string?)Assert.Single(rows.Rows)["row"]!["event_id"]);
    }

    /// <summary>Holds a body up until it is disposed.</summary>
    private sealed class Halt : IDisposable
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => reached.Task;

        public Task WaitAsync()
        {
            reached.TrySetResult();
            return ended.Task;
        }

        public void Dispose() => ended.TrySetResult();
    }

    /// <summary>A body of which half is sent, and the rest never.</summary>
    private sealed class HangingBody(Halt rest) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync("{\"event_id\""u8.ToArray());
            await stream.FlushAsync();
            await rest.WaitAsync();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
