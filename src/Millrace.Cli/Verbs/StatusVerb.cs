using System.CommandLine;
using System.Text.Json;
using Millrace.Cli.Screens;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace status</c>: how a running project is.</summary>
internal static class StatusVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        Option<string> url = new("--url")
        {
            Description = "Where the process serves", DefaultValueFactory = _ => RunningProcess.DefaultUrl,
        };
        Option<string> format = FormatOption.Create("text");
        Command command = new("status", "Show how a running project is: freshness, lag, throughput, latency")
        {
            url, format,
        };
        command.SetAction(async (arguments, cancel) =>
        {
            string address = arguments.GetValue(url)!;
            try
            {
                using JsonDocument status = await RunningProcess.StatusAsync(address, cancel).ConfigureAwait(false);
                if (arguments.GetValue(format) == FormatOption.Json)
                {
                    Console.Out.WriteLine(JsonSerializer.Serialize(status.RootElement, Indented));
                }
                else
                {
                    StatusScreen.Show(status.RootElement);
                }

                return ExitCode.Ok;
            }
            catch (Exception fault) when (RunningProcess.IsNoAnswer(fault))
            {
                await Console.Error.WriteLineAsync($"error: {RunningProcess.NoAnswer(address, fault)}")
                    .ConfigureAwait(false);
                return ExitCode.Error;
            }
        });
        return command;
    }
}
