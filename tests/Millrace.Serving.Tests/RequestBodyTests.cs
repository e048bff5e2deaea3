using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Millrace.Serving.Collecting;
using Xunit;

namespace Millrace.Serving.Tests;

/// <summary>Bodies are read whole, up to the limit.</summary>
public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    public async Task A_body_in_pieces_is_read_whole(int length)
    {
        string text = new([.. Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26)))]);

        Assert.Equal(text, await Read(text, piece: 7, limit: 100, contentLength: null));
        Assert.Equal(text, await Read(text, piece: 100, limit: 100, contentLength: length));
    }

    [Fact]
    public async Task One_byte_too_many_is_too_many()
    {
        Assert.Null(await Read(new string('x', 101), piece: 7, limit: 100, contentLength: null));
        Assert.Null(await Read(new string('x', 101), piece: 200, limit: 100, contentLength: null));
    }

    [Fact]
    public async Task A_length_that_is_too_long_is_refused_unread() =>
        Assert.Null(await Read("short", piece: 7, limit: 100, contentLength: 101));

    private static async Task<string?> Read(string text, int piece, long limit, long? contentLength)
    {
        Pipe pipe = new();
        HttpContext context = Requests.Of("POST", "/", pipe.Reader);
        context.Request.ContentLength = contentLength;
        Task writing = Task.Run(async () =>
        {
            foreach (byte[] part in Encoding.UTF8.GetBytes(text).Chunk(piece))
            {
                await pipe.Writer.WriteAsync(part);
            }

            await pipe.Writer.CompleteAsync();
        });
        using RequestBody? body = await RequestBody.ReadAsync(context, limit);
        string? read = body is { } whole ? Encoding.UTF8.GetString(whole.Bytes.Span) : null;
        await pipe.Reader.CompleteAsync();
        await writing;
        return read;
    }
}
