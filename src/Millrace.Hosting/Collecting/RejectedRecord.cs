namespace Millrace.Hosting.Collecting;

/// <summary>
/// A record that the source's schema does not take. It is kept in the source's topic as it came, and becomes a row of
/// <c>source$bad</c>; no model sees it.
/// </summary>
/// <param name="Index">Its place in the request, from 0; in a replay its offset in the topic.</param>
/// <param name="Code">A short fixed code in upper case.</param>
/// <param name="Message">What is wrong, for a person.</param>
public sealed record RejectedRecord(long Index, string Code, string Message);
