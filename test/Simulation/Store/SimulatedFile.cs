using Bongsu.Store.Files;

namespace Bongsu.Simulation.Store;

/// <summary>An open simulated file; useless after the crash of the life it was opened in.</summary>
internal sealed class SimulatedFile(SimulatedFileSystem files, string path, SimulatedContent content, int life) : IStorageFile
{
    public string Path => path;

    public long Length => files.Length(content);

    public int Read(Span<byte> buffer, long offsetBytes) => files.Read(content, buffer, offsetBytes);

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offsetBytes) =>
        files.Write(content, buffers, offsetBytes, life, path);

    public void Sync() => files.Sync(content, life);

    public void Dispose()
    {
    }
}
