namespace Crawl4.Core.Storing;

/// <summary>What counts when an entry's content is packed. Both read back the same.</summary>
public enum EntryPacking
{
    /// <summary>Few bytes: a third fewer write units a page than <see cref="Quick"/>, for six times the processor time. How
    /// every single write packs.</summary>
    Small,

    /// <summary>Little processor time: for many entries at once, where the table takes them as fast as they are
    /// packed.</summary>
    Quick,
}
