namespace Millrace.Engine.Operators;

/// <summary>A group of a window aggregate: who owns it, its number in its window, its slot in the owner's
/// accumulators.</summary>
internal readonly record struct GroupReference(int Owner, int Group, int Slot);
