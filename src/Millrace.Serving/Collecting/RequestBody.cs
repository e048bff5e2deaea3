using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Millrace.Serving.Http;

namespace Millrace.Serving.Collecting;

/// <summary>A request's body in one rented buffer; give it back by disposing.</summary>
internal readonly struct RequestBody : IDisposable
{
    private readonly byte[] buffer;

    private RequestBody(byte[] buffer, int length)
    {
        this.buffer = buffer;
        Bytes = buffer.AsMemory(0, length);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Reads the whole body; answers 413 and gives null when it is longer.</summary>
    public static async ValueTask<RequestBody?> ReadOrRefuseAsync(HttpContext context, long maxBytes)
    {
        RequestBody? body = await ReadAsync(context, maxBytes).ConfigureAwait(false);
        if (body is null)
        {
            await ErrorResponse.Write(context, 413, "too_large", $"a body may have {maxBytes} bytes")
                .ConfigureAwait(false);
        }

        return body;
    }

    /// <summary>Reads the whole body; null when it is longer than <paramref name="maxBytes"/>.</summary>
    public static async ValueTask<RequestBody?> ReadAsync(HttpContext context, long maxBytes)
    {
        if (context.Request.ContentLength > maxBytes)
        {
            return null;
        }

        PipeReader reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult result = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            if (result.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                int length = (int)result.Buffer.Length;
                byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
                result.Buffer.CopyTo(buffer);
                reader.AdvanceTo(result.Buffer.End);
                return new RequestBody(buffer, length);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
