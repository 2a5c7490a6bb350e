namespace Bongsu.Core.Compression;

/// <summary>What a streaming compressor is asked for; the numbers are those of libzstd's <c>ZSTD_EndDirective</c>.</summary>
internal enum ZstdStep
{
    /// <summary>Take input; hold back what compresses better later.</summary>
    Continue = 0,

    /// <summary>Give out all that was taken, so that a reader can read it.</summary>
    Flush = 1,

    /// <summary>End the frame.</summary>
    End = 2,
}
