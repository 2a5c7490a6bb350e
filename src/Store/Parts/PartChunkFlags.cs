namespace Bongsu.Store.Parts;

/// <summary>Facts about a chunk. The numbers are persisted and frozen.</summary>
[Flags]
internal enum PartChunkFlags : byte
{
    /// <summary>Nothing known.</summary>
    None = 0,

    /// <summary>Some rows have no value.</summary>
    HasNulls = 1,

    /// <summary>Least and greatest value are known.</summary>
    HasRange = 2,

    /// <summary>Some row is NaN.</summary>
    HasNaN = 4,
}
