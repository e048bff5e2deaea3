namespace Millrace.Hosting.Status;

/// <summary>The requests that wait for their commit.</summary>
/// <param name="Requests">How many.</param>
/// <param name="Bytes">The bytes of their records.</param>
/// <param name="MaxRequests">With so many, more are refused.</param>
/// <param name="MaxBytes">With so many bytes, more are refused.</param>
public sealed record QueueStatus(int Requests, long Bytes, int MaxRequests, long MaxBytes);
