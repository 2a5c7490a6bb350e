namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>What became of a key that has no exact counterpart.</summary>
/// <param name="Key">As in the file; of nested keys the path.</param>
/// <param name="Reason">Why, and what is there instead.</param>
/// <param name="Line">Where it is, from 1; 0 where it is in no line of the file.</param>
public sealed record ImportNote(string Key, string Reason, int Line = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"line {Line}, {Key}: {Reason}" : $"{Key}: {Reason}";
}
