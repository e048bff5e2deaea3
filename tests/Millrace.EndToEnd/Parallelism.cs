using Xunit;

// Each class starts processes of its own; two at a time suit a machine of two cores.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
