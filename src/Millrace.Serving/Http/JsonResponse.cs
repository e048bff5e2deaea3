using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Millrace.Serving.Http;

/// <summary>Writes an answer as JSON with its length known, so that small answers leave in one packet.</summary>
internal static class JsonResponse
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>
    /// Answers with what <paramref name="write"/> writes; the status is what the caller has set, else 200.
    /// </summary>
    public static Task Write(HttpContext context, Action<Utf8JsonWriter> write)
    {
        return Write(context, Render(write), "application/json; charset=utf-8");
    }

    /// <summary>The bytes live until the thread renders again.</summary>
    private static ReadOnlySpan<byte> Render(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = buffer ??= new ArrayBufferWriter<byte>(4096);
        Utf8JsonWriter json = writer ??= new Utf8JsonWriter(bytes, Options);
        bytes.ResetWrittenCount();
        json.Reset(bytes);
        write(json);
        json.Flush();
        return bytes.WrittenSpan;
    }

    /// <summary>Answers with bytes. They are copied before the call returns.</summary>
    public static Task Write(HttpContext context, ReadOnlySpan<byte> body, string contentType)
    {
        HttpResponse response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
        return response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }
}
