using System.CommandLine;
using System.Text.Json;
using Millrace.Cli.Running;
using Millrace.Cli.Screens;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace replay</c>: bad records into their source again, in a running process.</summary>
internal static class ReplayVerb
{
    private static readonly Option<string> Url = new("--url")
    {
        Description = "Where the process serves", DefaultValueFactory = _ => RunningProcess.DefaultUrl,
    };

    private static readonly Option<string> From = new("--from")
    {
        Description = "The topic that holds them, as 'clickstream$bad'", Required = true,
    };

    private static readonly Option<string?> Since = new("--since")
    {
        Description = "Only from this offset of the topic on, or records that came since this time (ISO 8601)",
    };

    private static readonly Option<long?> Limit = new("--limit") { Description = "Look at so many rows at most" };

    private static readonly Option<FileInfo?> Mended = new("--mended")
    {
        Description = "Lines of {\"offset\": .., \"record\": {..}}: what to post in place of the originals",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say only what would be done" };

    private static readonly Option<bool> Again = new("--again")
    {
        Description = "Post also what a replay has posted before: it is there twice then",
    };

    public static Command Create()
    {
        Option<string> format = FormatOption.Create("text");
        Command command = new("replay", "Post bad records of a source again that can be read by now, each once")
        {
            Url, From, Since, Limit, Mended, DryRun, Again, format,
        };
        command.SetAction(async (arguments, cancel) =>
        {
            try
            {
                ReplayTotals totals = await RunAsync(arguments, cancel).ConfigureAwait(false);
                ReplayScreen.Show(totals, arguments.GetValue(format) == FormatOption.Json);
                return ExitCode.Ok;
            }
            catch (Exception fault) when (fault is RefusedException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"error: {fault.Message}").ConfigureAwait(false);
            }
            catch (Exception fault) when (RunningProcess.IsNoAnswer(fault))
            {
                await Console.Error.WriteLineAsync($"error: no answer from {arguments.GetValue(Url)}: {fault.Message}")
                    .ConfigureAwait(false);
            }

            return ExitCode.Error;
        });
        return command;
    }

    /// <summary>Page by page, so that no request lasts long.</summary>
    private static async Task<ReplayTotals> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        ReplayTotals totals = new(arguments.GetValue(From)!, arguments.GetValue(DryRun));
        using ReplayClient client = new(arguments.GetValue(Url)!);
        string query = $"from={Uri.EscapeDataString(totals.From)}"
            + (totals.IsDryRun ? "&dry_run=true" : "") + (arguments.GetValue(Again) ? "&again=true" : "");
        if (arguments.GetValue(Mended) is { } file)
        {
            // One request: a row is looked for by its offset, so the page does not matter.
            byte[] lines = await File.ReadAllBytesAsync(file.FullName, cancel).ConfigureAwait(false);
            totals.Add(await client.PostAsync($"{query}&limit={ReplayClient.MaxPage}", lines, cancel)
                .ConfigureAwait(false));
            return totals;
        }

        string? since = arguments.GetValue(Since);
        long left = arguments.GetValue(Limit) ?? long.MaxValue;
        for (bool isAtEnd = false; !isAtEnd && left > 0;)
        {
            long page = Math.Min(left, ReplayClient.Page);
            string from = since is null ? "" : $"&since={Uri.EscapeDataString(since)}";
            JsonElement answer = await client.PostAsync($"{query}{from}&limit={page}", [], cancel)
                .ConfigureAwait(false);
            totals.Add(answer);
            left -= page;
            since = answer.GetProperty("next").GetRawText();
            isAtEnd = answer.GetProperty("at_end").GetBoolean();
        }

        return totals;
    }
}
