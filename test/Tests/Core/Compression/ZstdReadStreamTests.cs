using Bongsu.Core.Compression;

namespace Bongsu.Tests.Core.Compression;

public sealed class ZstdReadStreamTests
{
    [Theory]
    [InlineData(0, 7)]
    [InlineData(1, 1)]
    [InlineData(100_000, 1)]
    [InlineData(100_000, 333)]
    [InlineData(3_000_000, 65_536)]
    public async Task Read_Frames_GiveBackTheirBytes(int size, int pieceBytes)
    {
        byte[] plain = Text(size);
        byte[] frames = [.. Compress(plain), .. Compress("tail"u8.ToArray())];
        byte[] expected = [.. plain, .. "tail"u8];
        using var whole = new MemoryStream();
        using (var stream = new ZstdReadStream(new MemoryStream(frames)))
        {
            byte[] piece = new byte[pieceBytes];
            for (int read; (read = stream.Read(piece)) > 0;)
            {
                whole.Write(piece, 0, read);
            }
        }

        Assert.Equal(expected, whole.ToArray());
        using var again = new MemoryStream();
        await using (var stream = new ZstdReadStream(new MemoryStream(frames)))
        {
            await stream.CopyToAsync(again);
        }

        Assert.Equal(expected, again.ToArray());
    }

    [Fact]
    public void Read_TornOrDamaged_ThrowsInvalidData()
    {
        byte[] frame = Compress(Text(50_000));
        Assert.Throws<InvalidDataException>(() => ReadAll(frame[..(frame.Length / 2)]));
        Assert.Throws<InvalidDataException>(() => ReadAll(frame[..3]));
        Assert.Throws<InvalidDataException>(() => ReadAll("this is no zstd at all"u8.ToArray()));
        frame[0] ^= 1;
        Assert.Throws<InvalidDataException>(() => ReadAll(frame));
    }

    [Fact]
    public void Read_RandomBytes_ThrowNothingElse()
    {
        var random = new Random(2);
        byte[] frame = Compress(Text(5_000));
        for (int round = 0; round < 500; round++)
        {
            byte[] mutated = [.. frame];
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            try
            {
                ReadAll(mutated);
            }
            catch (InvalidDataException)
            {
                // What a damaged frame may do.
            }
        }
    }

    private static void ReadAll(byte[] frames)
    {
        using var stream = new ZstdReadStream(new MemoryStream(frames));
        stream.CopyTo(System.IO.Stream.Null);
    }

    private static byte[] Text(int size)
    {
        var random = new Random(size);
        byte[] text = new byte[size];
        for (int at = 0; at < size; at++)
        {
            text[at] = (byte)('a' + random.Next(4));
        }

        return text;
    }

    private static byte[] Compress(byte[] plain)
    {
        byte[] room = new byte[Zstd.MaxCompressedBytes(plain.Length)];
        return room[..Zstd.Compress(plain, room, 1)];
    }
}
