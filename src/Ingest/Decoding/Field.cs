using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Decoding;

/// <summary>A field of incoming rows, resolved once by <see cref="BatchBuilder.Field(ReadOnlySpan{byte})"/> and used
/// for all rows.</summary>
/// <remarks>Belongs to the builder that made it and stays valid across its batches.</remarks>
public sealed class Field
{
    internal Field(string name, CanonicalField role, int rank)
    {
        Name = name;
        Role = role;
        Rank = rank;
        MayBeEncoded = PercentEncoding.IsUsualIn(name);
        IsKeptAsSent = role is not (CanonicalField.Timestamp or CanonicalField.Level);
    }

    /// <summary>The name, cleaned; nested fields by dot path.</summary>
    public string Name { get; }

    /// <summary>What it means.</summary>
    public CanonicalField Role { get; }

    /// <summary>Of several fields of one role, the lowest rank wins.</summary>
    internal int Rank { get; }

    /// <summary>Whether its texts are the values of its column, whatever they say.</summary>
    internal bool IsKeptAsSent { get; }

    /// <summary>Whether its values are looked through for percent-encoding.</summary>
    internal bool MayBeEncoded { get; }

    /// <summary>Column under its own name in the batch under construction; null until needed.</summary>
    internal ColumnBuilder? Own { get; set; }

    /// <summary>Column of decoded values; null until needed.</summary>
    internal ColumnBuilder? Decoded { get; set; }
}
