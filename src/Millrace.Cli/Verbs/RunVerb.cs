using System.CommandLine;
using Millrace.Cli.Screens;
using Millrace.Hosting.Bounded;
using Millrace.Projects;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace run</c>: a bounded run, files in, files out.</summary>
internal static class RunVerb
{
    private static readonly Option<string[]> Inputs = new("--input")
    {
        Description = "SOURCE=FILE: .ndjson, or delimited text (.csv, .tsv); gzip too", Required = true,
    };

    private static readonly Option<string[]> Maps = new("--map")
    {
        Description = "SOURCE=FILE.sql: a SELECT over the file's columns (the table is called input)",
    };

    private static readonly Option<string[]> Timestamps = new("--timestamp")
    {
        Description = "SOURCE=COLUMN: the records' timestamps; 0 unless said, and where the column is missing",
    };

    private static readonly Option<DirectoryInfo> Output = new("--out")
    {
        Description = "Where the files go", Required = true,
    };

    private static readonly Option<int> Workers = new("--workers")
    {
        Description = "Threads; they change no row", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> BatchRows = new("--batch-rows")
    {
        Description = "Records per step; it changes no row", DefaultValueFactory = _ => 8192,
    };

    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Command command = new("run", "Run a project over files, to the end of the input")
        {
            folder, Inputs, Maps, Timestamps, Output, Workers, BatchRows,
        };
        command.SetAction(arguments => ProjectLoader.Load(arguments.GetValue(folder)!) is { } project
            ? Run(project, arguments)
            : ExitCode.InvalidProject);
        return command;
    }

    private static int Run(CompiledProject project, ParseResult arguments)
    {
        List<BoundedInput> inputs = [];
        try
        {
            KeyValuePair<string, string>[] files = Pairs(project, arguments.GetValue(Inputs));
            Dictionary<string, string> maps = new(Pairs(project, arguments.GetValue(Maps)));
            Dictionary<string, string> timestamps = new(Pairs(project, arguments.GetValue(Timestamps)));
            foreach ((string source, string path) in files)
            {
                SourceMap? map = null;
                if (maps.TryGetValue(source, out string? sql) && (map = MapBinder.Bind(path, sql)) is null)
                {
                    return ExitCode.InvalidProject;
                }

                inputs.Add(new BoundedInput(source, path)
                {
                    Map = map, TimestampColumn = timestamps.GetValueOrDefault(source),
                });
            }

            RunScreen screen = new();
            BoundedSummary summary = BoundedRun.Run(project, new BoundedRunOptions
            {
                Inputs = inputs,
                OutputFolder = arguments.GetValue(Output)!.FullName,
                Workers = arguments.GetValue(Workers),
                BatchRows = arguments.GetValue(BatchRows),
                Progress = screen.Show,
            });
            screen.Finish(summary);
            return ExitCode.Ok;
        }
        catch (Exception problem) when (
            problem is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {Sentence(problem)}");
            return ExitCode.Error;
        }
    }

    /// <summary>The message without the argument's name, which is a programmer's.</summary>
    private static string Sentence(Exception problem) => problem is ArgumentException { ParamName: { } name }
        ? problem.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : problem.Message;

    /// <exception cref="FormatException">One is no SOURCE=VALUE, or names no source of the project.</exception>
    private static KeyValuePair<string, string>[] Pairs(CompiledProject project, string[]? options)
    {
        KeyValuePair<string, string>[] pairs = [.. (options ?? []).Select(Pair)];
        return Array.Find(pairs, p => project.FindSource(p.Key) is null) is { Key: { } unknown }
            ? throw new FormatException(
                $"there is no source {unknown}; there are: {string.Join(", ", project.Sources.Select(s => s.Name))}")
            : pairs;
    }

    private static KeyValuePair<string, string> Pair(string option)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(option[..equals], option[(equals + 1)..])
            : throw new FormatException($"{option} must be SOURCE=VALUE");
    }
}
