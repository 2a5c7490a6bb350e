using System.Buffers.Binary;
using Bongsu.Core.Compression;
using Bongsu.Core.Encodings;

namespace Bongsu.Store.Files;

/// <summary>Small checksummed files that are there whole or not at all: written beside, synced, renamed, directory
/// synced.</summary>
/// <remarks>Layout: docs/formats/small-files.md.</remarks>
internal static class AtomicFile
{
    /// <summary>Ending of files whose writing was not finished; removed at the next start.</summary>
    public const string UnfinishedSuffix = ".tmp";

    private const int HeaderBytes = 16;
    private const int MaxBytes = 1 << 30;

    /// <summary>Writes a file of a kind (four letters) in the place of the old one.</summary>
    public static void Write(IFileSystem files, string path, uint kind, ReadOnlyMemory<byte> content)
    {
        byte[] header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, kind);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), Crc32C.Append(Crc32C.Compute(header.AsSpan(0, 12)), content.Span));
        string unfinished = path + UnfinishedSuffix;
        try
        {
            using (IStorageFile file = files.Open(unfinished, StorageFileMode.Create))
            {
                file.Write([header, content], 0);
                file.Sync();
            }

            files.Move(unfinished, path);
            files.SyncDirectory(Path.GetDirectoryName(path)!);
        }
        catch (IOException)
        {
            files.DeleteFile(unfinished);
            throw;
        }
    }

    /// <summary>The content of a file of a kind.</summary>
    /// <exception cref="CorruptDataException">It is not what was written.</exception>
    public static byte[] Read(IFileSystem files, string path, uint kind)
    {
        using IStorageFile file = files.Open(path, StorageFileMode.Read);
        long length = file.Length;
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (length < HeaderBytes || length > MaxBytes || file.Read(header, 0) != HeaderBytes)
        {
            throw new CorruptDataException($"{path}: {length} bytes, expected {HeaderBytes} or more");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != kind || version != 1)
        {
            throw new CorruptDataException($"{path}: not of this kind, or of version {version}, expected 1");
        }

        byte[] content = new byte[length - HeaderBytes];
        uint contentBytes = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (contentBytes != content.Length || file.Read(content, HeaderBytes) != content.Length)
        {
            throw new CorruptDataException($"{path}: {content.Length} bytes of content, expected {contentBytes}");
        }

        uint found = Crc32C.Append(Crc32C.Compute(header[..12]), content);
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        return found == expected
            ? content
            : throw new CorruptDataException($"{path}: checksum 0x{found:x8}, expected 0x{expected:x8}");
    }
}
