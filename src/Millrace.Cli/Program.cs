using System.CommandLine;
using Millrace.Cli.Verbs;

namespace Millrace.Cli;

/// <summary>
/// The <c>millrace</c> command: one verb per thing to do. Nothing but arguments, screens and composition is here.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments)
    {
        RootCommand root = new(
            "Runs a streaming project of YAML and SQL: collects events, computes, tests and serves, in one process.")
        {
            UpVerb.Create(),
            ValidateVerb.Create(),
            LineageVerb.Create(),
            CompileVerb.Create(),
            RunVerb.Create(),
            PlanVerb.Create(),
            ExportVerb.Create(),
            ReplayVerb.Create(),
            VerifyVerb.Create(),
            TestVerb.Create(),
            StatusVerb.Create(),
        };

        // Signals are the verbs' own: what is accepted is processed before the end, however long it takes.
        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
