using System.Globalization;
using System.Text.Json;
using Millrace.Conformance.Answers;
using Millrace.Conformance.Corpus;
using Millrace.Data;

namespace Millrace.Conformance.Judging;

/// <summary>Compares an answer with the recorded one.</summary>
public static class Judge
{
    /// <summary>A query's answer: columns, rows as a multiset, whether rows are taken back.</summary>
    public static Verdict Query(JsonElement expected, Answer answer, bool anyKinds) => ByStage(expected, answer, ran =>
    {
        return Columns(expected.GetProperty("columns"), ran)
            ?? Kinds(expected, ran, anyKinds)
            ?? Fine(ran)
            ?? Multiset(expected.GetProperty("rows"), ran);
    });

    /// <summary>An expression's answer: its type, and a value per row of the table, in order.</summary>
    public static Verdict Expression(JsonElement expected, Answer answer) => ByStage(expected, answer, ran =>
    {
        string type = CorpusTypeName.Of(ran.Columns[0].Type);
        string recorded = expected.GetProperty("type").GetString()!;
        return type != recorded ? $"type {type}, recorded {recorded}" : Fine(ran)
            ?? Values(expected.GetProperty("values"), ran);
    });

    /// <summary>One line of a case that asks about each line alone.</summary>
    /// <param name="columns">The recorded columns; null when no line had an answer.</param>
    /// <param name="expected">The recorded answer of the line.</param>
    /// <param name="answer">Ours.</param>
    public static Verdict Line(JsonElement columns, JsonElement expected, Answer answer) =>
        ByStage(expected, answer, ran =>
        Columns(columns, ran) ?? Fine(ran) ?? Multiset(expected.GetProperty("rows"), ran));

    /// <summary>The written lines, byte for byte where the order of keys is not free.</summary>
    public static Verdict Encoded(JsonElement expected, Answer answer) => ByStage(expected, answer, ran =>
        Columns(expected.GetProperty("columns"), ran) ?? Fine(ran) ?? Written(expected.GetProperty("lines"), ran));

    private static Verdict ByStage(JsonElement expected, Answer answer, Func<Ran, string?> compare)
    {
        if (answer is Crashed crashed)
        {
            return Verdict.Differ($"threw {crashed.Exception}");
        }

        if (expected.TryGetProperty("error", out JsonElement error))
        {
            return Failed(error.GetString()!, answer);
        }

        string? problem = answer switch
        {
            NotSupported missing => null,
            Refused refused => $"refused: {refused.Diagnostic}",
            Ran ran => compare(ran),
            _ => throw new ArgumentOutOfRangeException(nameof(answer)),
        };
        return answer is NotSupported { Reason: var reason } ? new Verdict(Judgement.NotSupported, reason)
            : problem is null ? Verdict.Agree : Verdict.Differ(problem);
    }

    private static Verdict Failed(string error, Answer answer) => (ErrorStages.Of(error), answer) switch
    {
        (ErrorStage.Internal, _) => Verdict.Agree,
        (_, NotSupported missing) => new Verdict(Judgement.NotSupported, missing.Reason),
        (ErrorStage.Compile or ErrorStage.Either, Refused) => Verdict.Agree,
        (ErrorStage.Run or ErrorStage.Either, Ran { Bad.Count: > 0 }) => Verdict.Agree,
        (ErrorStage.Run, Refused refused) =>
            Verdict.Differ($"refused, recorded a failure at run time ({error}): {refused.Diagnostic}"),
        (_, Ran ran) => Verdict.Differ($"accepted ({string.Join(" ", ran.Lines)}), recorded {error}"),
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    private static string? Columns(JsonElement recorded, Ran ran)
    {
        string ours = Listed(ran.Columns.Select(c => (c.Name, CorpusTypeName.Of(c.Type))));
        string theirs = Listed(recorded.EnumerateArray().Select(c => (c[0].GetString()!, c[1].GetString()!)));
        return ours == theirs ? null : $"columns {ours}, recorded {theirs}";
    }

    /// <summary>Names that were made up for an expression are no part of the meaning.</summary>
    private static string Listed(IEnumerable<(string Name, string Type)> columns) => string.Join(", ", columns.Select(
        c => c.Name.StartsWith("EXPR$", StringComparison.Ordinal) ? $"? {c.Type}" : $"{c.Name} {c.Type}"));

    private static string? Kinds(JsonElement expected, Ran ran, bool anyKinds)
    {
        string kind = ran.IsUpdating ? "updating" : "append";
        return anyKinds || !expected.TryGetProperty("changelog", out JsonElement recorded)
            || recorded.GetString() == kind
            ? null
            : $"changelog {kind}, recorded {recorded.GetString()}";
    }

    private static string? Fine(Ran ran) => ran.Bad.Count == 0 ? null : $"bad record: {ran.Bad[0]}";

    private static string? Multiset(JsonElement recorded, Ran ran)
    {
        SqlType[] types = [.. ran.Columns.Select(c => c.Type)];
        List<string> ours = [.. ran.Rows.Select(r => CanonicalValue.OfRow(r, types)).Order(StringComparer.Ordinal)];
        List<string> theirs = [.. recorded.EnumerateArray()
            .Select(r => CanonicalValue.OfRow([.. r.EnumerateArray()], types)).Order(StringComparer.Ordinal)];
        return ours.SequenceEqual(theirs, StringComparer.Ordinal)
            ? null
            : $"rows only here: {Some(ours, theirs)}; only recorded: {Some(theirs, ours)}";
    }

    private static string? Values(JsonElement recorded, Ran ran)
    {
        SqlType type = ran.Columns[0].Type;
        List<string> ours = [.. ran.Rows.Select(r => CanonicalValue.Of(r[0], type))];
        List<string> theirs = [.. recorded.EnumerateArray().Select(v => CanonicalValue.Of(v, type))];
        int first = ours.Zip(theirs).TakeWhile(p => p.First == p.Second || IsSameFloat(p.First, p.Second)).Count();
        return ours.Count != theirs.Count ? $"{ours.Count} rows, recorded {theirs.Count}"
            : first == ours.Count ? null : $"row {first}: {ours[first]}, recorded {theirs[first]}";
    }

    /// <summary>Java 17 writes some FLOATs with a digit more than the shortest text has.</summary>
    private static bool IsSameFloat(string ours, string theirs) =>
        ours.StartsWith(CanonicalValue.NumberMark, StringComparison.Ordinal)
        && theirs.StartsWith(CanonicalValue.NumberMark, StringComparison.Ordinal)
        && theirs.Split('E')[0].Trim('0').Count(char.IsAsciiDigit) <= 9
        && float.TryParse(ours[1..], CultureInfo.InvariantCulture, out float a)
        && float.TryParse(theirs[1..], CultureInfo.InvariantCulture, out float b) && a == b;

    private static string? Written(JsonElement recorded, Ran ran)
    {
        bool isFree = ran.Columns.Any(c => HasFreeKeys(c.Type));
        string Form(string line) => CanonicalValue.WithShortDoubles(isFree ? SortedJson.Of(line) : line);
        List<string> ours = [.. ran.Lines.Select(Form).Order(StringComparer.Ordinal)];
        List<string> theirs =
            [.. recorded.EnumerateArray().Select(l => Form(l.GetString()!)).Order(StringComparer.Ordinal)];
        return ours.SequenceEqual(theirs, StringComparer.Ordinal)
            ? null
            : $"lines only here: {Some(ours, theirs)}; only recorded: {Some(theirs, ours)}";
    }

    private static bool HasFreeKeys(SqlType type) => type.Kind is SqlTypeKind.Map or SqlTypeKind.Multiset
        || (type.Element is { } element && HasFreeKeys(element)) || type.Fields.Items.Any(f => HasFreeKeys(f.Type));

    private static string Some(List<string> rows, List<string> others)
    {
        List<string> rest = [.. rows];
        others.ForEach(o => rest.Remove(o));
        return rest.Count == 0 ? "none"
            : string.Join(" ", rest.Take(3)) + (rest.Count > 3 ? $" and {rest.Count - 3} more" : "");
    }
}
