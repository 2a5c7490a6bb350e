using System.Buffers.Text;
using System.IO.Compression;

namespace Bongsu.Stream.Checkpoints;

/// <summary>Binary state as a JSON document: a string of base64 over deflated bytes.</summary>
internal static class StateDocument
{
    /// <summary>Packs what a writer writes.</summary>
    public static byte[] Pack(Action<BinaryWriter> write)
    {
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(deflate))
        {
            write(writer);
        }

        byte[] json = new byte[Base64.GetMaxEncodedToUtf8Length((int)packed.Length) + 2];
        Base64.EncodeToUtf8(packed.GetBuffer().AsSpan(0, (int)packed.Length), json.AsSpan(1), out _, out int written);
        json[0] = (byte)'"';
        json[written + 1] = (byte)'"';
        return json.AsSpan(0, written + 2).ToArray();
    }

    /// <summary>A reader of what <see cref="Pack"/> packed.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such document.</exception>
    public static BinaryReader Unpack(ReadOnlySpan<byte> json)
    {
        if (json.Length < 2 || json[0] != '"' || json[^1] != '"')
        {
            throw new InvalidDataException("a state document must be one JSON string");
        }

        byte[] packed = new byte[Base64.GetMaxDecodedFromUtf8Length(json.Length - 2)];
        if (Base64.DecodeFromUtf8(json[1..^1], packed, out _, out int written) != System.Buffers.OperationStatus.Done)
        {
            throw new InvalidDataException("a state document must be base64");
        }

        var unpacked = new MemoryStream();
        using (var deflate = new ZLibStream(new MemoryStream(packed, 0, written), CompressionMode.Decompress))
        {
            deflate.CopyTo(unpacked);
        }

        unpacked.Position = 0;
        return new BinaryReader(unpacked);
    }
}
