namespace Bongsu.Store;

/// <summary>How serious a <see cref="StoreNotice"/> is.</summary>
public enum StoreNoticeLevel
{
    /// <summary>For the record.</summary>
    Information,

    /// <summary>Something was repaired, skipped or put off.</summary>
    Warning,

    /// <summary>Data is damaged or an operation failed.</summary>
    Error,
}
