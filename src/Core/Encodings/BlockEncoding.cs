namespace Bongsu.Core.Encodings;

/// <summary>How one column of one block is stored. The numbers are persisted and frozen; docs/formats/encodings.md
/// draws each.</summary>
public enum BlockEncoding : byte
{
    /// <summary>No row has a value; no bytes follow.</summary>
    AllNull = 0,

    /// <summary>One value for all present rows.</summary>
    Constant = 1,

    /// <summary>Integers as bit-packed differences from a base.</summary>
    FrameOfReference = 2,

    /// <summary>Integers as bit-packed differences from the one before.</summary>
    Delta = 3,

    /// <summary>Integers as bit-packed differences of differences.</summary>
    DeltaOfDelta = 4,

    /// <summary>Few distinct integers, and a bit-packed code for each row.</summary>
    IntegerDictionary = 5,

    /// <summary>Booleans, one bit each.</summary>
    Bits = 6,

    /// <summary>Doubles as they are.</summary>
    RealRaw = 7,

    /// <summary>Doubles that are decimal fractions, as scaled integers with exceptions.</summary>
    RealScaled = 8,

    /// <summary>Doubles, each XORed with the one before, bytes transposed, compressed.</summary>
    RealXor = 9,

    /// <summary>Values of sixteen bytes: decimals and guids.</summary>
    Wide = 10,

    /// <summary>Byte strings: lengths, then all bytes, compressed.</summary>
    Text = 11,

    /// <summary>Distinct byte strings, and a bit-packed code for each row.</summary>
    Dictionary = 12,

    /// <summary>Lower-case hexadecimal text of one length, as binary.</summary>
    Hex = 13,

    /// <summary>Lower-case UUID text (RFC 9562) as sixteen bytes.</summary>
    Uuid = 14,

    /// <summary>IPv4 addresses as four bytes.</summary>
    Ipv4 = 15,

    /// <summary>Codes into the dictionary that all blocks of a part share.</summary>
    SharedDictionary = 16,

    /// <summary>Values that follow from another column's shared dictionary, and exceptions.</summary>
    Reference = 17,

    /// <summary>Text as templates and typed variables.</summary>
    Template = 18,

    /// <summary>Integers in whole bytes, compressed.</summary>
    CompressedIntegers = 19,

    /// <summary>Integers as packed low bits and compressed bytes above them.</summary>
    SplitIntegers = 20,

    /// <summary>Strings of few shapes, and the numbers in them.</summary>
    ShapedText = 21,

    /// <summary>IP addresses of either version as sixteen bytes.</summary>
    Ip = 22,
}
