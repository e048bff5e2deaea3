using System.CommandLine;
using System.Text;
using System.Text.Json;
using Millrace.Cli.Screens;
using Millrace.Diagnostics;
using Millrace.Hosting.Exporting;
using Millrace.Projects;
using Millrace.Quality;
using Millrace.Storage.Disk;

namespace Millrace.Cli.Verbs;

/// <summary>
/// <c>millrace test</c>: the schema and sample tests over a data folder, or by a running process at <c>--url</c>.
/// </summary>
internal static class TestVerb
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Option<DirectoryInfo?> data = DataOption.Create();
        Option<string?> url = new(
            "--url") { Description = "Ask the process that runs there instead of reading a folder" };
        Option<string> format = FormatOption.Create("text");
        Command command = new("test", "Run the project's schema and sample tests") { folder, data, url, format };
        command.SetAction(async (arguments, cancel) =>
        {
            if (ProjectLoader.Load(arguments.GetValue(folder)!) is not { } project)
            {
                return ExitCode.InvalidProject;
            }

            try
            {
                IReadOnlyList<TestResult> results = arguments.GetValue(url) is { } address
                    ? await RunningProcess.TestAsync(address, cancel).ConfigureAwait(false)
                    : RunOver(project, DataOption.Resolve(arguments.GetValue(folder)!, arguments.GetValue(data)));
                Print(results, arguments.GetValue(format) == FormatOption.Json);
                bool hasFailed = results.Any(r => !r.Passed && r.Severity == Severity.Error);
                return hasFailed ? ExitCode.TestFailed : ExitCode.Ok;
            }
            catch (Exception fault) when (fault is StorageFault || RunningProcess.IsNoAnswer(fault))
            {
                await Console.Error.WriteLineAsync($"error: {fault.Message}").ConfigureAwait(false);
                return ExitCode.Error;
            }
        });
        return command;
    }

    private static IReadOnlyList<TestResult> RunOver(CompiledProject project, string data) =>
        new TestRunner(project, table => TopicRows.Read(new PosixDisk(), data, table.Topic.Name)
            .Select(r => new TopicRow(r.Partition, r.Offset, r.Value))).Run();

    private static void Print(IReadOnlyList<TestResult> results, bool asJson)
    {
        if (!asJson)
        {
            TestScreen.Show(results);
            return;
        }

        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true }))
        {
            TestResult.Write(json, results);
        }

        Console.Out.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
