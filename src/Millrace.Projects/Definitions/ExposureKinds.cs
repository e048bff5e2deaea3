namespace Millrace.Projects;

/// <summary>The names of exposures' kinds as YAML spells them.</summary>
public static class ExposureKinds
{
    public static string NameOf(ExposureKind kind) => kind switch
    {
        ExposureKind.Api => "api",
        ExposureKind.MlInference => "ml_inference",
        ExposureKind.MlTraining => "ml_training",
        ExposureKind.Application => "application",
        _ => "dashboard",
    };
}
