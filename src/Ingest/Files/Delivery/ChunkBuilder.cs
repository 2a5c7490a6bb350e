using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Collects the rows of one source into chunks. Not thread-safe.</summary>
internal sealed class ChunkBuilder : IDisposable
{
    private readonly RowWriter _writer = new();
    private readonly string _table;
    private readonly string _source;
    private readonly string _identity;
    private ArrayBufferWriter<byte> _rows = new(64 << 10);
    private long _start;

    /// <param name="table">Table the rows go to.</param>
    /// <param name="source">Name of the source, for the server.</param>
    /// <param name="identity">The file itself: the same rows of another file are other rows.</param>
    public ChunkBuilder(string table, string source, string identity)
    {
        _table = table;
        _source = source;
        _identity = identity;
    }

    /// <summary>Rows collected.</summary>
    public int RowCount { get; private set; }

    /// <summary>Bytes of NDJSON collected.</summary>
    public int Bytes => _rows.WrittenCount;

    /// <summary>Adds a record.</summary>
    public void Add(LogRecord record) => RowCount += _writer.Write(record, _rows);

    /// <summary>Makes a chunk of what was collected.</summary>
    /// <param name="end">Offset behind the last record.</param>
    /// <param name="position">Where to go on.</param>
    public Chunk Take(long end, FilePosition? position)
    {
        // Place and content: an import done again is stored once, a file changed in between is another matter.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{_table}\0{_identity}\0{_start}\0{end}\0"));
        hash.AppendData(_rows.WrittenSpan);
        string key = "file-" + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 20));
        var chunk = new Chunk(key, _source, position, RowCount, _rows.WrittenMemory);
        _rows = new ArrayBufferWriter<byte>(Math.Max(64 << 10, _rows.WrittenCount));
        _start = end;
        RowCount = 0;
        return chunk;
    }

    /// <summary>Says where the first record begins.</summary>
    public void StartAt(long offset) => _start = offset;

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
