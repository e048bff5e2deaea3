using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>A window as a person says it.</summary>
internal static class WindowText
{
    public static string Of(WindowSpec window, string time) => window switch
    {
        TumbleWindow tumble => $"TUMBLE of {DurationText.Of(tumble.SizeMs)} over {time}",
        _ => $"{window} over {time}",
    };
}
