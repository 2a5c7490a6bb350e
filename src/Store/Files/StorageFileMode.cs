namespace Bongsu.Store.Files;

/// <summary>How a file is opened.</summary>
public enum StorageFileMode
{
    /// <summary>An existing file, to read.</summary>
    Read,

    /// <summary>An existing file, to read and write.</summary>
    ReadWrite,

    /// <summary>A new or emptied file, to read and write; readable by the owner only.</summary>
    Create,
}
