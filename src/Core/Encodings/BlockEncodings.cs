namespace Bongsu.Core.Encodings;

/// <summary>Names of encodings, for people.</summary>
public static class BlockEncodings
{
    /// <summary>The name docs/formats/encodings.md gives it.</summary>
    public static string Name(this BlockEncoding encoding) => encoding switch
    {
        BlockEncoding.AllNull => "all null",
        BlockEncoding.Constant => "constant",
        BlockEncoding.FrameOfReference => "frame of reference",
        BlockEncoding.Delta => "delta",
        BlockEncoding.DeltaOfDelta => "delta of delta",
        BlockEncoding.IntegerDictionary => "integer dictionary",
        BlockEncoding.Bits => "bits",
        BlockEncoding.RealRaw => "raw",
        BlockEncoding.RealScaled => "scaled",
        BlockEncoding.RealXor => "xor",
        BlockEncoding.Wide => "wide",
        BlockEncoding.Text => "text",
        BlockEncoding.Dictionary => "dictionary",
        BlockEncoding.Hex => "hex",
        BlockEncoding.Uuid => "uuid",
        BlockEncoding.Ipv4 => "ipv4",
        BlockEncoding.SharedDictionary => "shared dictionary",
        BlockEncoding.Reference => "reference",
        BlockEncoding.Template => "template",
        BlockEncoding.CompressedIntegers => "compressed integers",
        BlockEncoding.SplitIntegers => "split integers",
        BlockEncoding.ShapedText => "shaped text",
        BlockEncoding.Ip => "ip",
        _ => $"encoding {(byte)encoding}",
    };
}
