using System.CommandLine;
using System.Net;
using Millrace.Cli.Running;
using Millrace.Hosting.Deployments;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace up</c>: runs a project until it is told to stop.</summary>
internal static class UpVerb
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port to serve on; 0 takes a free one",
        DefaultValueFactory = _ => 8420,
    };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The address to bind; loopback unless said: what is on another can be reached by others",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<string> Durability = new("--durability")
    {
        Description = "What an acknowledgement promises: fsync (on disk) or os (in the system's page cache)",
        DefaultValueFactory = _ => "fsync",
    };

    private static readonly Option<int> Workers = new("--workers")
    {
        Description = "Threads that run the models",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<long?> Memory = Amounts.Size(
        "--memory", "Memory of state, queues and views, above which events are refused; default 70 % of the machine's");

    private static readonly Option<long?> DiskReserve = Amounts.Size(
        "--disk-reserve", "Bytes of the disk that are kept free: with less, events are refused; 256MiB unless said");

    private static readonly Option<long?> Queue = Amounts.Size(
        "--queue", "Bytes of events that may wait for the disk; more are refused; 64MiB unless said");

    private static readonly Option<TimeSpan?> CheckpointInterval = Amounts.Duration(
        "--checkpoint-interval", "Time between snapshots of the state; the project's unless said");

    private static readonly Option<TimeSpan?> RetentionInterval = Amounts.Duration(
        "--retention-interval", "Time between looks at what topics may let go and compact; 1m unless said");

    private static readonly Option<bool> Demo = new("--demo") { Description = "Feed it a generated shop" };

    private static readonly Option<int> DemoRate = new("--demo-rate")
    {
        Description = "Events per second that the generated shop sends",
        DefaultValueFactory = _ => 500,
    };

    private static readonly Option<double> DemoSpeed = new("--demo-speed")
    {
        Description = "Seconds of event time per second: 60 closes a window of five minutes every five seconds",
        DefaultValueFactory = _ => 60,
    };

    private static readonly Option<ulong> DemoSeed = new("--demo-seed")
    {
        Description = "The generated shop is a function of this",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> SkipDamaged = new("--skip-damaged")
    {
        Description = "Go on where acknowledged records can't be read, without exactly these, and list them",
    };

    private static readonly Option<bool> Yes = new("--yes", "-y")
    {
        Description = "Do what a changed project does to the data that is there, without asking",
    };

    private static readonly Option<bool> Prune = new("--prune")
    {
        Description = "Remove the topics of models that are gone",
    };

    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Option<DirectoryInfo?> data = DataOption.Create();
        Durability.AcceptOnlyFromAmong("fsync", "os");
        Host.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--host must be an IP address: 127.0.0.1, ::1, 0.0.0.0 for every network");
            }
        });
        Command command = new("up", "Run a project: collect, compute, test, serve")
        {
            folder, data, Port, Host, Durability, Workers, Memory, DiskReserve, Queue, CheckpointInterval,
            RetentionInterval, Yes, Prune, SkipDamaged, Demo, DemoRate, DemoSpeed, DemoSeed,
        };
        command.SetAction((arguments, cancel) =>
        {
            if (ProjectLoader.Load(arguments.GetValue(folder)!) is not { } project)
            {
                return Task.FromResult(ExitCode.InvalidProject);
            }

            string dataFolder = DataOption.Resolve(arguments.GetValue(folder)!, arguments.GetValue(data));
            UpOptions options = OptionsOf(arguments, dataFolder, ProjectLoader.Sources(arguments.GetValue(folder)!));
            return new RunningProject(project, options).RunAsync(cancel);
        });
        return command;
    }

    private static UpOptions OptionsOf(ParseResult arguments, string dataFolder, ProjectSources sources) => new(
        dataFolder,
        arguments.GetValue(Host)!,
        arguments.GetValue(Port),
        arguments.GetValue(Durability) == "os",
        arguments.GetValue(Workers),
        arguments.GetValue(Demo)
            ? new DemoOptions(
                arguments.GetValue(DemoRate), arguments.GetValue(DemoSpeed), arguments.GetValue(DemoSeed))
            : null)
    {
        Sources = sources,
        Yes = arguments.GetValue(Yes),
        Prune = arguments.GetValue(Prune),
        SkipDamaged = arguments.GetValue(SkipDamaged),
        Limits = new UpLimits(
            arguments.GetValue(Memory), arguments.GetValue(DiskReserve), arguments.GetValue(Queue),
            arguments.GetValue(CheckpointInterval), arguments.GetValue(RetentionInterval)),
    };
}
