using System.CommandLine;
using Millrace.Cli.Screens;
using Millrace.Hosting.Snapshots;
using Millrace.Storage.Disk;
using Millrace.Storage.Verification;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace verify</c>: reads every byte of a data folder and says what is wrong with it.</summary>
internal static class VerifyVerb
{
    public static Command Create()
    {
        Argument<DirectoryInfo> data = new("data") { Description = "The data folder, such as .millrace" };
        Option<string> format = FormatOption.Create("text");
        Command command = new(
            "verify", "Check every record batch, the ledger and every snapshot of a data folder; changes nothing")
        {
            data, format,
        };
        command.SetAction(arguments =>
        {
            try
            {
                PosixDisk disk = new();
                string folder = arguments.GetValue(data)!.FullName;
                FolderVerification verification = new(
                    disk, folder, whyNoStart: () => StartingPoint.WhyNone(disk, folder));
                return arguments.GetValue(format) == FormatOption.Json
                    ? VerificationScreen.ShowJson(verification)
                    : VerificationScreen.Show(verification);
            }
            catch (StorageFault fault)
            {
                Console.Error.WriteLine($"error: {fault.Message}");
                return ExitCode.Error;
            }
        });
        return command;
    }
}
