using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Millrace.Cli.Running;
using Millrace.Cli.Screens;
using Millrace.Hosting.Bounded;

namespace Millrace.Cli.Verbs;

/// <summary>
/// <c>millrace replay</c>: bad records into their source again, or a file's into a source, in a running process.
/// </summary>
internal static class ReplayVerb
{
    private static readonly Option<string> Url = new("--url")
    {
        Description = "Where the process serves", DefaultValueFactory = _ => RunningProcess.DefaultUrl,
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "The topic that holds bad records, as 'clickstream$bad'",
    };

    private static readonly Option<FileInfo?> Input = new("--input")
    {
        Description = "Or a file of records: .ndjson, or delimited text (.csv, .tsv); gzip too",
    };

    private static readonly Option<string?> Source = new("--source") { Description = "The source for --input" };

    private static readonly Option<FileInfo?> Map = new("--map")
    {
        Description = "With --input: a SELECT over the file's columns (the table is called input)",
    };

    private static readonly Option<long> Skip = new("--skip")
    {
        Description = "With --input: leave out so many records at the beginning", DefaultValueFactory = _ => 0,
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
        Command command = new(
            "replay", "Post bad records of a source again that can be read by now, each once; or a file")
        {
            Url, From, Since, Limit, Mended, DryRun, Again, Input, Source, Map, Skip, format,
        };
        command.Validators.Add(result =>
        {
            bool hasFile = result.GetResult(Input) is not null && result.GetResult(Source) is not null;
            if (hasFile == result.GetResult(From) is not null)
            {
                result.AddError("say either --from TOPIC, or --input FILE and --source SOURCE");
                return;
            }

            Refuse(result, hasFile ? "--input" : "--from",
                hasFile ? [Since, Limit, Mended, DryRun, Again] : [Input, Source, Map, Skip]);
            if (result.GetResult(Mended) is not null)
            {
                Refuse(result, "--mended, whose lines say which rows", [Since, Limit]);
            }
        });
        command.SetAction(async (arguments, cancel) =>
        {
            try
            {
                if (arguments.GetValue(Input) is { } file)
                {
                    return await PostAsync(file, arguments, cancel).ConfigureAwait(false);
                }

                ReplayTotals totals = await RunAsync(arguments, cancel).ConfigureAwait(false);
                ReplayScreen.Show(totals, arguments.GetValue(format) == FormatOption.Json);
                return ExitCode.Ok;
            }
            catch (Exception fault) when (
                fault is RefusedException or IOException or UnauthorizedAccessException or FormatException)
            {
                await Console.Error.WriteLineAsync($"error: {fault.Message}").ConfigureAwait(false);
            }
            catch (Exception fault) when (RunningProcess.IsNoAnswer(fault))
            {
                await Console.Error.WriteLineAsync($"error: {RunningProcess.NoAnswer(arguments.GetValue(Url)!, fault)}")
                    .ConfigureAwait(false);
            }

            return ExitCode.Error;
        });
        return command;
    }

    /// <summary>An option that would be passed over is a mistake: with <c>--dry-run</c> nothing may be done.</summary>
    private static void Refuse(CommandResult result, string with, IEnumerable<Option> options)
    {
        foreach (Option option in options.Where(o => result.GetResult(o) is { Implicit: false }))
        {
            result.AddError($"{option.Name} does not go with {with}");
        }
    }

    private static async Task<int> PostAsync(FileInfo file, ParseResult arguments, CancellationToken cancel)
    {
        BoundedInput input = new(arguments.GetValue(Source)!, file.FullName);
        if (arguments.GetValue(Map) is { } map)
        {
            if (MapBinder.Bind(input.Path, map.FullName) is not { } bound)
            {
                return ExitCode.InvalidProject;
            }

            input = input with { Map = bound };
        }

        FileReplay replay = new(input, arguments.GetValue(Skip));
        using ReplayClient client = new(arguments.GetValue(Url)!);
        try
        {
            await replay.RunAsync(client, cancel).ConfigureAwait(false);
        }
        catch
        {
            await Console.Error.WriteLineAsync(replay.Rest()).ConfigureAwait(false);
            throw;
        }

        Console.Out.WriteLine(replay.Summary());
        return ExitCode.Ok;
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
            MendedFile mended = await MendedFile.ReadAsync(file, cancel).ConfigureAwait(false);
            foreach ((long first, byte[] lines) in mended.Portions())
            {
                totals.Add(await client.PostAsync(
                    $"{query}&since={first}&limit={ReplayClient.Page}", lines, cancel).ConfigureAwait(false));
            }

            totals.NotThere = mended.Count - totals.Looked;
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
