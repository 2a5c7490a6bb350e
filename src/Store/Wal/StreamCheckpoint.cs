using Bongsu.Core.Encodings;
using Bongsu.Store.Files;

namespace Bongsu.Store.Wal;

/// <summary>The sequence the stream has seen, in a small file. Thread-safe.</summary>
internal sealed class StreamCheckpoint
{
    private const uint Kind = 0x504B_4342; // "BCKP"

    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly Lock _gate = new();
    private long _sequence = long.MaxValue;

    public StreamCheckpoint(IFileSystem files, string directory, Action<StoreNotice>? notice)
    {
        _files = files;
        _path = Path.Combine(directory, "stream.checkpoint");
        if (!files.ListFiles(directory).Contains("stream.checkpoint"))
        {
            return;
        }

        try
        {
            var reader = new ByteReader(AtomicFile.Read(files, _path, Kind));
            _sequence = reader.ReadInt64();
        }
        catch (CorruptDataException exception)
        {
            notice?.Invoke(new StoreNotice(StoreNoticeLevel.Warning, $"{exception.Message}; the log is kept as if there were no stream", exception));
        }
    }

    /// <summary>The log after this sequence is kept; <see cref="long.MaxValue"/> where there is no stream.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    public void Set(long sequence)
    {
        lock (_gate)
        {
            if (sequence == _sequence)
            {
                return;
            }

            var writer = new ByteWriter();
            writer.WriteInt64(sequence);
            AtomicFile.Write(_files, _path, Kind, writer.WrittenMemory);
            Interlocked.Exchange(ref _sequence, sequence);
        }
    }
}
