using Millrace.Testing.Specs;
using Xunit;

namespace Millrace.Specs;

/// <summary>Every spec by every runner.</summary>
public class SpecTests
{
    private static readonly (int StepRecords, int Workers)[] Ways = [(1, 1), (2, 3), (3, 2), (1024, 1), (1024, 2)];

    public static TheoryData<string> Paths => [.. SpecFiles.Paths];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Plans_columns_and_diagnostics_are_as_written(string path)
    {
        None(SpecFiles.Read(path).SelectMany(s => new SpecRunner(s).CheckPlan()));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Rows_are_as_written_however_the_input_is_cut(string path)
    {
        None(from spec in SpecFiles.Read(path)
             from way in Ways
             from problem in new SpecRunner(spec).CheckRun(way.StepRecords, way.Workers)
             select $"steps of {way.StepRecords}, {way.Workers} workers: {problem}");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Rows_are_as_written_over_restarts(string path)
    {
        None(from spec in SpecFiles.Read(path)
             from problem in (IEnumerable<string>)
             [
                 .. new SpecRunner(spec).CheckRestarts(stepRecords: 1024),
                 .. new SpecRunner(spec).CheckRestartsEverywhere(stepRecords: 1),
                 .. new SpecRunner(spec).CheckRestartsEverywhere(stepRecords: 3),
             ]
             select $"restarted: {problem}");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Values_are_as_written(string path)
    {
        None(SpecFiles.Read(path).SelectMany(s => new SpecRunner(s).CheckValues()));
    }

    /// <summary>A spec that says nothing shows nothing.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_spec_expects_something(string path)
    {
        IReadOnlyList<Spec> specs = SpecFiles.Read(path);
        Assert.NotEmpty(specs);
        Assert.All(specs, s => Assert.True(
            s.Values.Count > 0 || s.Rows is not null || s.Error is not null
                || s.Bad is not null, $"{s} expects nothing"));
    }

    private static void None(IEnumerable<string> problems)
    {
        List<string> found = [.. problems];
        Assert.True(found.Count == 0, string.Join("\n\n", found));
    }
}
