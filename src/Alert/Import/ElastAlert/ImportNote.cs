namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>What became of a key that has no exact counterpart.</summary>
/// <param name="Key">As in the file; of nested keys the path.</param>
/// <param name="Reason">Why, and what is there instead.</param>
public sealed record ImportNote(string Key, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Reason}";
}
