namespace Millrace.Engine.Snapshots;

/// <summary>The dictionaries of one of a snapshot's writers, as its blocks bring them.</summary>
internal sealed class LoadedDictionaries
{
    private readonly List<LoadedTexts> dictionaries = [];

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
