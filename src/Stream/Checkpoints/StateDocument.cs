using System.Buffers.Text;
using System.IO.Compression;

namespace Bongsu.Stream.Checkpoints;

/// <summary>Binary state as a JSON document: a string of base64 over a byte that tells the form, and the bytes as they are or
/// deflated.</summary>
internal static class StateDocument
{
    private const byte StoredForm = 0;
    private const byte DeflatedForm = 1;

    // Setting up to deflate costs more than so few bytes save.
    private const int LeastDeflatedBytes = 2_048;

    /// <summary>Packs what a writer writes.</summary>
    public static byte[] Pack(Action<BinaryWriter> write)
    {
        var plain = new MemoryStream();
        using (var writer = new BinaryWriter(plain, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        MemoryStream packed = plain.Length < LeastDeflatedBytes ? Stored(plain) : Deflated(plain);
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

        switch (written == 0 ? byte.MaxValue : packed[0])
        {
            case StoredForm:
                return new BinaryReader(new MemoryStream(packed, 1, written - 1));
            case DeflatedForm:
                var unpacked = new MemoryStream();
                using (var deflate = new ZLibStream(new MemoryStream(packed, 1, written - 1), CompressionMode.Decompress))
                {
                    deflate.CopyTo(unpacked);
                }

                unpacked.Position = 0;
                return new BinaryReader(unpacked);
            default:
                throw new InvalidDataException("a state document must begin with its form");
        }
    }

    private static MemoryStream Stored(MemoryStream plain)
    {
        var stored = new MemoryStream((int)plain.Length + 1);
        stored.WriteByte(StoredForm);
        plain.WriteTo(stored);
        return stored;
    }

    private static MemoryStream Deflated(MemoryStream plain)
    {
        var packed = new MemoryStream();
        packed.WriteByte(DeflatedForm);
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            plain.WriteTo(deflate);
        }

        return packed;
    }
}
