using System.CommandLine;
using Millrace.Hosting.Exporting;
using Millrace.Storage.Disk;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace export</c>: what the topics of a data folder hold, as files.</summary>
internal static class ExportVerb
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Option<DirectoryInfo?> data = DataOption.Create();
        Option<string?> topic = new("--topic") { Description = "Only this topic" };
        Option<DirectoryInfo> output = new("--out") { Description = "Where the files go", Required = true };
        Option<bool> skip = new("--skip-damaged")
        {
            Description = "Write what can be read where records or the ledger are damaged, and say what is not",
        };
        Command command = new("export", "Write what the topics hold to files, while the project runs or not")
        {
            folder, data, topic, output, skip,
        };
        command.SetAction(arguments => Run(
            DataOption.Resolve(arguments.GetValue(folder)!, arguments.GetValue(data)),
            arguments.GetValue(topic),
            arguments.GetValue(output)!.FullName,
            arguments.GetValue(skip)));
        return command;
    }

    private static int Run(string data, string? topic, string output, bool skipsDamage)
    {
        try
        {
            Action<string>? passed = skipsDamage ? static line => Console.Error.WriteLine($"damaged: {line}") : null;
            IReadOnlyDictionary<string, long> written =
                TopicExport.Write(new PosixDisk(), data, topic, output, passed);
            foreach ((string name, long count) in written)
            {
                Console.Out.WriteLine($"{count,12} {name}.ndjson");
            }

            if (written.Count > 0)
            {
                return ExitCode.Ok;
            }

            Console.Error.WriteLine(topic is null ? "error: there are no topics" : $"error: there is no topic {topic}");
        }
        catch (StorageFault fault)
        {
            Console.Error.WriteLine($"error: {fault.Message}");
        }

        return ExitCode.Error;
    }
}
