using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Millrace.Tidy.Layers;
using Xunit;

namespace Millrace.Tidy.Symbols;

/// <summary>Banned symbols in the assemblies of this build, and in bad examples compiled on the spot.</summary>
public class BannedSymbolTests
{
    private static readonly IReadOnlyList<BannedSymbol> Banned = BannedSymbols.Parse(Repository.Read("eng/banned.txt"));

    public static TheoryData<string> BelowHosting =>
        [.. Repository.Projects.Where(LayerTable.OfRepository().IsBelowHosting)];

    [Theory]
    [MemberData(nameof(BelowHosting))]
    public void Below_hosting_nothing_is_ambient(string project)
    {
        using FileStream assembly = File.OpenRead(Repository.Assembly(project));
        Tidy.None(BannedSymbols.Check(Banned, project, assembly));
    }

    [Theory]
    [InlineData("object M() => DateTime.Now;", "System.DateTime.get_Now")]
    [InlineData("object M() => DateTimeOffset.UtcNow;", "System.DateTimeOffset.get_UtcNow")]
    [InlineData(
        "object M() => System.Diagnostics.Stopwatch.GetTimestamp();", "System.Diagnostics.Stopwatch.GetTimestamp")]
    [InlineData("object M() => Environment.GetEnvironmentVariable(\"A\");", "GetEnvironmentVariable")]
    [InlineData("void M() => new System.Threading.Thread(() => { }).Start();", "System.Threading.Thread..ctor(?)")]
    [InlineData("async System.Threading.Tasks.Task M() => await System.Threading.Tasks.Task.Run(() => 1);", "Task.Run")]
    [InlineData("IEnumerable<int> M() { yield return System.IO.File.Exists(\"a\") ? 1 : 2; }", "System.IO.File.Exists")]
    [InlineData("object M() => new System.IO.StreamReader(\"a\");", "System.IO.StreamReader..ctor(String)")]
    [InlineData("object M() => new Random();", "System.Random..ctor()")]
    [InlineData(
        "int M(int i) { switch (i) { case 1: return 2; case 2: return 5; case 3: return 1; } return "
            + "Random.Shared.Next(); }", "get_Shared")]
    [InlineData("Func<object> M() => () => Guid.NewGuid();", "System.Guid.NewGuid")]
    [InlineData("void M() => Console.WriteLine();", "System.Console.WriteLine")]
    public void An_ambient_use_is_told(string method, string expected)
    {
        Tidy.Says(expected, BannedSymbols.Check(Banned, "X", Compile("Millrace.X", method)));
    }

    [Theory]
    [InlineData("object M() => new Random(42);")]
    [InlineData("object M(System.IO.Stream s) => new System.IO.StreamReader(s);")]
    [InlineData("object M(TimeProvider t) => t.GetUtcNow();")]
    [InlineData("object M() => nameof(System.IO.File);")]
    [InlineData("object M() => System.IO.Path.Combine(\"a\", \"b\");")]
    public void What_is_handed_in_passes(string method)
    {
        Tidy.None(BannedSymbols.Check(Banned, "X", Compile("Millrace.X", method)));
    }

    [Fact]
    public void The_disk_seam_may_touch_the_disk()
    {
        const string Method = "object M() => System.IO.File.Exists(\"a\");";
        Tidy.None(BannedSymbols.Check(Banned, "Storage", Compile("Millrace.Storage.Disk", Method)));
        Tidy.Says("File.Exists", BannedSymbols.Check(Banned, "Storage", Compile("Millrace.Storage.Diskless", Method)));
    }

    private static MemoryStream Compile(string space, string method)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        CSharpCompilation compilation = CSharpCompilation.Create("bad",
            [CSharpSyntaxTree.ParseText(
                $"using System; using System.Collections.Generic; namespace {space}; class A {{ {method} }}")],
            trusted.Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        MemoryStream stream = new();
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        stream.Position = 0;
        return stream;
    }
}
