using Bongsu.Core.Batches;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Judges;

/// <summary>Says which of a window's values are worth an alert. Its state is kept with the rule's. One owner.</summary>
internal abstract class Judge
{
    /// <summary>True where a window without rows has nothing to be judged.</summary>
    public abstract bool IsQuiet { get; }

    /// <summary>True while windows have to wait to be judged.</summary>
    public virtual bool IsWaiting => false;

    /// <summary>Whether it has learnt what it needs to judge a window; where not, it and those after it wait.</summary>
    public virtual bool IsReadyFor(WindowResult result) => !IsWaiting;

    /// <summary>The rows of a window that fire, with the columns that say why.</summary>
    /// <param name="result">The window's values: one row a key, its value in <see cref="JudgeSpec.ValueColumn"/>.</param>
    /// <param name="keyColumns">Where the key is in its rows; the rows returned have it there too.</param>
    public abstract Batch Fire(WindowResult result, IReadOnlyList<int> keyColumns);

    /// <summary>Writes the state.</summary>
    public abstract void Write(BinaryWriter writer);

    /// <summary>Restores what <see cref="Write"/> wrote.</summary>
    public abstract void Read(BinaryReader reader);
}
