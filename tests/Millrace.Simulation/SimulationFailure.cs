namespace Millrace.Simulation;

/// <summary>A run in which a promise was broken.</summary>
internal sealed class SimulationFailure(string message, Exception? inner = null) : Exception(message, inner);
