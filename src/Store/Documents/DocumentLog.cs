using System.Buffers.Binary;
using Bongsu.Core.Compression;
using Bongsu.Core.Encodings;
using Bongsu.Store.Files;

namespace Bongsu.Store.Documents;

/// <summary>The documents of one collection, and the file they are kept in: puts and removals one after another. The caller
/// locks.</summary>
/// <remarks>
/// Layout: docs/formats/small-files.md. All documents are kept in memory too. What changed together is written together and
/// synced once. The file is written anew (beside, then renamed) once most of it is past, and whenever its end is not known to
/// be whole.
/// </remarks>
internal sealed class DocumentLog
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "documents.log";

    private const uint Mark = 0x434F_4442; // "BDOC"
    private const int HeaderBytes = 12;
    private const byte PutKind = 1;
    private const byte DeleteKind = 2;
    private const long SmallFileBytes = 1 << 20;

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly SortedDictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private long _liveBytes;
    private long _fileBytes;
    private bool _isEndKnown;

    private DocumentLog(IFileSystem files, string directory)
    {
        _files = files;
        _directory = directory;
    }

    /// <summary>The documents, by id.</summary>
    public SortedDictionary<string, byte[]> Documents => _documents;

    private string FilePath => Path.Combine(_directory, FileName);

    /// <summary>Reads a collection; what is damaged is left out, and the file with it set aside.</summary>
    public static DocumentLog Open(IFileSystem files, string directory, Action<StoreNotice>? notice)
    {
        var log = new DocumentLog(files, directory);
        IReadOnlyList<string> names = files.ListFiles(directory);
        if (names.Contains(FileName + AtomicFile.UnfinishedSuffix))
        {
            files.DeleteFile(log.FilePath + AtomicFile.UnfinishedSuffix);
        }

        if (names.Contains(FileName))
        {
            log.Load(notice);
        }

        return log;
    }

    /// <summary>Stores documents in the place of those of the same ids, and removes some; durable when it returns.</summary>
    /// <param name="puts">Ids and contents; kept.</param>
    /// <param name="deletes">Ids that are there.</param>
    public void Write(IReadOnlyList<KeyValuePair<string, byte[]>> puts, IReadOnlyList<string> deletes)
    {
        var changes = new ByteWriter();
        foreach ((string id, byte[] json) in puts)
        {
            Append(changes, PutKind, id, json);
        }

        foreach (string id in deletes)
        {
            Append(changes, DeleteKind, id, []);
        }

        if (_isEndKnown && _fileBytes + changes.Length <= (2 * _liveBytes) + SmallFileBytes)
        {
            Append(changes.WrittenMemory);
            Apply(puts, deletes);
            return;
        }

        var now = new SortedDictionary<string, byte[]>(_documents, StringComparer.Ordinal);
        foreach ((string id, byte[] json) in puts)
        {
            now[id] = json;
        }

        foreach (string id in deletes)
        {
            now.Remove(id);
        }

        Rewrite(now);
        Apply(puts, deletes);
    }

    private void Apply(IReadOnlyList<KeyValuePair<string, byte[]>> puts, IReadOnlyList<string> deletes)
    {
        foreach ((string id, byte[] json) in puts)
        {
            Set(id, json);
        }

        foreach (string id in deletes)
        {
            Remove(id);
        }
    }

    private void Append(ReadOnlyMemory<byte> changes)
    {
        _isEndKnown = false; // until it is written whole
        using (IStorageFile file = _files.Open(FilePath, StorageFileMode.ReadWrite))
        {
            file.Write([changes], _fileBytes);
            file.Sync();
        }

        _fileBytes += changes.Length;
        _isEndKnown = true;
    }

    private void Rewrite(SortedDictionary<string, byte[]> documents)
    {
        var all = new ByteWriter();
        foreach ((string id, byte[] json) in documents)
        {
            Append(all, PutKind, id, json);
        }

        _files.CreateDirectory(_directory);
        string unfinished = FilePath + AtomicFile.UnfinishedSuffix;
        try
        {
            using (IStorageFile file = _files.Open(unfinished, StorageFileMode.Create))
            {
                file.Write([all.WrittenMemory], 0);
                file.Sync();
            }

            _files.Move(unfinished, FilePath);
            _files.SyncDirectory(_directory);
        }
        catch (IOException)
        {
            _isEndKnown = false;
            _files.DeleteFile(unfinished);
            throw;
        }

        _fileBytes = all.Length;
        _isEndKnown = true;
    }

    private static void Append(ByteWriter writer, byte kind, string id, ReadOnlySpan<byte> json)
    {
        int start = writer.Length;
        writer.WriteUInt32(Mark);
        writer.WriteUInt32(0);
        writer.WriteUInt32(0);
        writer.WriteByte(kind);
        writer.WriteString(id);
        writer.WriteBytes(json);
        writer.PatchUInt32(start + 4, (uint)(writer.Length - start - HeaderBytes));
        writer.PatchUInt32(start + 8, Checksum(writer.Written[start..]));
    }

    private static uint Checksum(ReadOnlySpan<byte> record) =>
        Crc32C.Append(Crc32C.Compute(record[..8]), record[HeaderBytes..]);

    private void Load(Action<StoreNotice>? notice)
    {
        byte[] bytes;
        using (IStorageFile file = _files.Open(FilePath, StorageFileMode.Read))
        {
            bytes = new byte[file.Length];
            bytes = bytes[..file.Read(bytes, 0)];
        }

        int end = 0;
        int damagedAt = -1;
        for (int position = 0; position < bytes.Length;)
        {
            if (SizeOfRecord(bytes.AsSpan(position)) is not (> 0 and var size))
            {
                damagedAt = damagedAt < 0 ? position : damagedAt;
                position = NextMark(bytes, position + 1);
                continue;
            }

            Apply(bytes.AsSpan(position + HeaderBytes, size - HeaderBytes));
            position += size;
            end = position;
        }

        _fileBytes = bytes.Length;
        _isEndKnown = damagedAt < 0;
        if (damagedAt >= 0 && damagedAt < end)
        {
            string text = $"{FilePath}: damaged at byte {damagedAt}; the documents there are lost, the file is set aside";
            notice?.Invoke(new StoreNotice(StoreNoticeLevel.Error, text, null));
            _files.Move(FilePath, FilePath + ".damaged");
            Rewrite(_documents);
        }
    }

    // 0 where no whole record begins.
    private static int SizeOfRecord(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Mark)
        {
            return 0;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (length > bytes.Length - HeaderBytes)
        {
            return 0;
        }

        int size = HeaderBytes + (int)length;
        return Checksum(bytes[..size]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) ? size : 0;
    }

    private static int NextMark(byte[] bytes, int from)
    {
        int at = bytes.AsSpan(from).IndexOf("BDOC"u8);
        return at < 0 ? bytes.Length : from + at;
    }

    private void Apply(ReadOnlySpan<byte> body)
    {
        var reader = new ByteReader(body);
        byte kind = reader.ReadByte();
        string id = reader.ReadString();
        if (kind == PutKind)
        {
            Set(id, reader.Rest.ToArray());
        }
        else
        {
            Remove(id);
        }
    }

    private void Set(string id, byte[] json)
    {
        Remove(id);
        _documents.Add(id, json);
        _liveBytes += HeaderBytes + id.Length + json.Length;
    }

    private void Remove(string id)
    {
        if (_documents.Remove(id, out byte[]? json))
        {
            _liveBytes -= HeaderBytes + id.Length + json.Length;
        }
    }
}
