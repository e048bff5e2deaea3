namespace Millrace.Engine.Snapshots;

/// <summary>The dictionaries of one of a chain's workers, as its blocks bring them.</summary>
internal sealed class LoadedDictionaries
{
    private readonly List<LoadedTexts> dictionaries = [];

    /// <summary>Nobody holds a key any more.</summary>
    public void ForgetKeys() => dictionaries.ForEach(d => d.ForgetKeys());

    public LoadedTexts this[int index]
    {
        get
        {
            while (dictionaries.Count <= index)
            {
                dictionaries.Add(new LoadedTexts());
            }

            return dictionaries[index];
        }
    }
}
