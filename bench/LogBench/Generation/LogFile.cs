namespace Bongsu.LogBench.Generation;

/// <summary>An NDJSON file of log lines.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="SizeBytes">Its size.</param>
internal sealed record LogFile(string Path, long SizeBytes)
{
    /// <summary>A file that is there already.</summary>
    public static LogFile Open(string path) => new(System.IO.Path.GetFullPath(path), new FileInfo(path).Length);

    /// <summary>Writes all rows of a generator, on all cores; on disk when it returns.</summary>
    public static LogFile Write(LogGenerator generator, string path)
    {
        LineWriter[] chunks = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new LineWriter())];
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (int first = 0; first < generator.ChunkCount; first += chunks.Length)
        {
            int count = Math.Min(chunks.Length, generator.ChunkCount - first);
            Parallel.For(0, count, index =>
            {
                chunks[index].Clear();
                generator.Write(first + index, chunks[index]);
            });
            foreach (LineWriter chunk in chunks.AsSpan(0, count))
            {
                file.Write(chunk.Written);
            }
        }

        // So that the disk is not still busy with it while something is measured.
        file.Flush(flushToDisk: true);
        return new LogFile(path, file.Length);
    }
}
