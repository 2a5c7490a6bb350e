namespace Bongsu.LogBench.Generation;

/// <summary>One row before its message is written.</summary>
internal readonly ref struct RowFacts
{
    /// <summary>Its number, from 0.</summary>
    public long Row { get; init; }

    /// <summary>Its service.</summary>
    public ReadOnlySpan<byte> Service { get; init; }

    /// <summary>Its HTTP method.</summary>
    public ReadOnlySpan<byte> Method { get; init; }

    /// <summary>Its path, with <c>{id}</c>.</summary>
    public string Path { get; init; }

    /// <summary>Its HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>Its duration in hundredths of a ms.</summary>
    public long DurationHundredths { get; init; }

    /// <summary>Its user.</summary>
    public int User { get; init; }

    /// <summary>Its client's address.</summary>
    public uint Ip { get; init; }
}
