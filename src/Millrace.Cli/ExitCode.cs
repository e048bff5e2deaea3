namespace Millrace.Cli;

/// <summary>What the process tells the shell.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Something went wrong: a fault of the world, a wrong argument, a bug.</summary>
    public const int Error = 1;

    /// <summary>The project has errors.</summary>
    public const int InvalidProject = 2;

    /// <summary>Deploying failed.</summary>
    public const int Deployment = 3;

    /// <summary>A test failed.</summary>
    public const int TestFailed = 4;
}
