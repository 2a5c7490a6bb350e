namespace Bongsu.Alert.Judges;

/// <summary>
/// How values of windows become alerts where a condition in the query cannot say it. The query gives one row a key,
/// with its
/// value in the column <see cref="ValueColumn"/>.
/// </summary>
public abstract record JudgeSpec
{
    /// <summary>Result column that holds what is judged.</summary>
    public const string ValueColumn = "value";

    /// <summary>True where a key without rows has the value 0 (counts, sums); false where it then has none.</summary>
    public bool IsZeroWithoutRows { get; init; }
}
