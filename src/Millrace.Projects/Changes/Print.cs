namespace Millrace.Projects;

/// <summary>A column of a table on which a part of a plan depends.</summary>
internal readonly record struct PartSource(string Table, string Column);

/// <summary>What a value is: for people in the words of the query, and for comparison with all that it comes
/// from.</summary>
/// <param name="Text">As the query has it.</param>
/// <param name="Deep">Fingerprint of the value's whole descent; equal means the same value.</param>
/// <param name="From">The columns of the tables that the query reads for it.</param>
internal sealed record Print(string Text, string Deep, IReadOnlyList<PartSource> From)
{
    public static Print Constant(string text) => new(text, Fingerprint.Of(text), []);
}
