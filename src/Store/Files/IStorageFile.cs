namespace Bongsu.Store.Files;

/// <summary>An open file, read and written at positions. Reads may come from any thread, writes from one.</summary>
public interface IStorageFile : IDisposable
{
    /// <summary>Where it was opened.</summary>
    string Path { get; }

    /// <summary>Bytes in it.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends; returns bytes read.</summary>
    int Read(Span<byte> buffer, long offsetBytes);

    /// <summary>Writes buffers one after the other; durable after <see cref="Sync"/>.</summary>
    /// <exception cref="IOException">The disk is full or fails; some of the bytes may be there.</exception>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offsetBytes);

    /// <summary>Makes what was written durable.</summary>
    void Sync();
}
