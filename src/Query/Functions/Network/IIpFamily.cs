namespace Bongsu.Query.Functions.Network;

/// <summary>What the comparisons of addresses need of a family.</summary>
internal interface IIpFamily
{
    /// <summary>Longest prefix.</summary>
    static abstract int Bits { get; }

    /// <summary>Reads an address as a number of <see cref="Bits"/> bits, with its prefix.</summary>
    static abstract bool TryParse(ReadOnlySpan<byte> text, out UInt128 address, out int prefix);
}
