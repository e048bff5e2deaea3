namespace Millrace.Sql.Tests.Corpus;

/// <summary>The checkout that the tests were built in.</summary>
public static class Checkout
{
    /// <summary>The folder of Millrace.slnx.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Millrace.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("Millrace.slnx is in no folder above the tests");
    }
}
