namespace Bongsu.Query.Execution;

/// <summary>
/// The part of a <see cref="MemoryBudget"/> that one owner holds; gives it back when disposed. Not thread-safe.
/// </summary>
internal sealed class MemoryAccount : IDisposable
{
    private readonly MemoryBudget _budget;
    private readonly string _operatorName;
    private long _bytes;

    public MemoryAccount(MemoryBudget budget, string operatorName)
    {
        _budget = budget;
        _operatorName = operatorName;
    }

    /// <summary>Says how much the owner holds now.</summary>
    public void Set(long bytes)
    {
        long change = bytes - _bytes;
        if (change != 0)
        {
            _bytes = bytes;
            _budget.Charge(change, _operatorName);
        }
    }

    /// <summary>Says that the owner holds more than before.</summary>
    public void Add(long bytes) => Set(_bytes + bytes);

    public void Dispose() => Set(0);
}
