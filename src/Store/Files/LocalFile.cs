using Microsoft.Win32.SafeHandles;

namespace Bongsu.Store.Files;

/// <summary>An open file of the machine. Its handle closes by itself when nobody refers to it any more.</summary>
internal sealed class LocalFile : IStorageFile
{
    private readonly SafeFileHandle _handle;

    public LocalFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
    }

    public string Path { get; }

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long offsetBytes)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int read = RandomAccess.Read(_handle, buffer[total..], offsetBytes + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offsetBytes)
    {
        if (buffers.Count == 1)
        {
            RandomAccess.Write(_handle, buffers[0].Span, offsetBytes);
        }
        else
        {
            RandomAccess.Write(_handle, buffers, offsetBytes);
        }
    }

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
