using Bongsu.Core.Encodings;

namespace Bongsu.Store.Parts;

/// <summary>One column of one block in a part: where it is and what is known of it.</summary>
/// <remarks>No bytes = no row has a value.</remarks>
internal readonly record struct PartChunk
{
    public long OffsetBytes { get; init; }

    public int SizeBytes { get; init; }

    /// <summary>Of all bytes but the directory.</summary>
    public uint Checksum { get; init; }

    /// <summary>The last bytes of templated text: what can be read without its variables; 0 for all other encodings.</summary>
    public int DirectoryBytes { get; init; }

    public uint DirectoryChecksum { get; init; }

    public BlockEncoding Encoding { get; init; }

    public PartChunkFlags Flags { get; init; }

    /// <summary>Least value where <see cref="PartChunkFlags.HasRange"/>: an integer, or the bits of a double.</summary>
    public long Min { get; init; }

    /// <summary>Greatest value.</summary>
    public long Max { get; init; }

    /// <summary>Bytes of the values as they are: text in UTF-8, numbers at their width.</summary>
    public long PlainBytes { get; init; }

    /// <summary>The term filter follows the values; 0 = none.</summary>
    public int FilterBytes { get; init; }

    public uint FilterChecksum { get; init; }

    public bool Has(PartChunkFlags flag) => (Flags & flag) != 0;
}
