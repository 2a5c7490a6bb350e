namespace Bongsu.Core.Kernels;

/// <summary>Bytes that a word holds.</summary>
[Flags]
internal enum WordMarks
{
    /// <summary>None of the others.</summary>
    None = 0,

    /// <summary>A decimal digit.</summary>
    Digit = 1,

    /// <summary>A colon.</summary>
    Colon = 2,

    /// <summary>A full stop, or five digits together; may be said of long words that have neither.</summary>
    DotOrNumber = 4,
}
