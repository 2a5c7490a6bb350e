namespace Bongsu.Store;

/// <summary>Something an operator should know: what the store's owner writes to its log.</summary>
/// <param name="Level">How serious it is.</param>
/// <param name="Message">Lower case, values included.</param>
/// <param name="Exception">The cause, if there is one.</param>
public readonly record struct StoreNotice(StoreNoticeLevel Level, string Message, Exception? Exception = null);
