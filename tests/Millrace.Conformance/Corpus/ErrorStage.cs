using System.Text.RegularExpressions;

namespace Millrace.Conformance.Corpus;

/// <summary>When a recorded answer failed.</summary>
public enum ErrorStage
{
    /// <summary>Refused before the job started: we must refuse at compile time.</summary>
    Compile,

    /// <summary>The running job failed: for us, a bad record.</summary>
    Run,

    /// <summary>Refused, at a stage that is nobody's promise: a writer's or a parser's argument check.</summary>
    Either,

    /// <summary>The asked one's own failure: any sensible behaviour agrees.</summary>
    Internal,
}

/// <summary>Tells the stage of an error from the exception that it names, as the corpus' README sorts them.</summary>
public static partial class ErrorStages
{
    private static readonly string[] Compile =
    [
        "ParseException", "TokenMgrError", "SqlParserException", "SqlValidatorException", "ValidationException",
        "TableException", "CodeGenException", "CalciteException", "CalciteContextException",
    ];

    private static readonly string[] Internal =
    [
        "NullPointerException", "ClassCastException", "AssertionError", "IllegalStateException", "CannotPlanException",
        "ArrayIndexOutOfBoundsException", "IndexOutOfBoundsException", "StackOverflowError",
    ];

    private static readonly string[] Either = ["IllegalArgumentException", "UnsupportedOperationException"];

    public static ErrorStage Of(string error)
    {
        string name = ExceptionName().Match(error) is { Success: true } match ? match.Groups[1].Value : "";
        return error.Contains("Cannot parse", StringComparison.Ordinal) ? ErrorStage.Run
            : Compile.Contains(name, StringComparer.Ordinal) ? ErrorStage.Compile
            : Internal.Contains(name, StringComparer.Ordinal) ? ErrorStage.Internal
            : Either.Contains(name, StringComparer.Ordinal) ? ErrorStage.Either
            : ErrorStage.Run;
    }

    [GeneratedRegex(@"^[\w.$]*?(\w+(?:Exception|Error))\b", RegexOptions.None, 1000)]
    private static partial Regex ExceptionName();
}
