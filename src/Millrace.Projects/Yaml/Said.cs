using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>A value with the place where the user said it.</summary>
internal sealed record Said<T>(T Value, Location Location);
