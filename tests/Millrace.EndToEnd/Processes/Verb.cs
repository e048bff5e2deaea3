namespace Millrace.EndToEnd.Processes;

/// <summary>What a verb that ends by itself has said.</summary>
internal sealed record Verb(int ExitCode, string Out, string Error)
{
    public string Printed => Out + "\n" + Error;

    /// <summary>Runs <c>millrace</c> to its end.</summary>
    public static async Task<Verb> RunAsync(params string[] arguments)
    {
        await using ChildProcess process = new(arguments);
        int code = await process.ExitAsync();
        return new Verb(code, string.Join('\n', process.Out), string.Join('\n', process.Error));
    }

    /// <summary>Runs it and asks that it succeeds.</summary>
    public static async Task<Verb> OkAsync(params string[] arguments)
    {
        Verb verb = await RunAsync(arguments);
        return verb.ExitCode == 0
            ? verb
            : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {verb.ExitCode}\n{verb.Printed}");
    }
}
