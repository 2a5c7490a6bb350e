using Bongsu.Core.Batches;
using Bongsu.Ingest.Pipelines.Configuration;

namespace Bongsu.Ingest.Pipelines;

/// <summary>The pipelines of a folder, in force until they are read again without an error.</summary>
/// <remarks>
/// <see cref="Apply"/> is what an <see cref="IngestGateway"/> takes. <see cref="Reload"/> is all or nothing: with one
/// error in one file the
/// pipelines before stay. The files: docs/guide/pipelines.md. All members may be called from any thread.
/// </remarks>
public sealed class PipelineFolder
{
    private readonly string _folder;
    private PipelineSet _set = PipelineSet.Empty;
    private string _stamp = "";

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">Holds <c>*.yaml</c> and <c>*.yml</c>.</param>
    /// <exception cref="PipelineException">A file is wrong.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public PipelineFolder(string folder)
    {
        _folder = folder;
        Reload();
    }

    /// <summary>Pipelines in force.</summary>
    public int Count => Volatile.Read(ref _set).Count;

    /// <summary>Whether files were added, changed or removed since they were last read; a look at names, sizes and
    /// times.</summary>
    public bool HasChanged => Stamp() != Volatile.Read(ref _stamp);

    /// <summary>Reads all files again and puts them into force at once.</summary>
    /// <exception cref="PipelineException">A file is wrong; nothing has changed.</exception>
    public void Reload()
    {
        // The stamp first: what changes while the files are read is read again next time.
        Volatile.Write(ref _stamp, Stamp());
        Volatile.Write(ref _set, PipelineLoader.Load(_folder));
    }

    /// <summary>Runs the pipelines of a table. Rows keep their order.</summary>
    /// <param name="tenant">Owner of the table; pipelines hold for all tenants.</param>
    /// <param name="table">The table.</param>
    /// <param name="batch">The decoded rows.</param>
    public PipelineResult Apply(string tenant, string table, Batch batch) => Volatile.Read(ref _set).Apply(table, batch);

    private string Stamp()
    {
        if (!Directory.Exists(_folder))
        {
            return "";
        }

        return string.Join('\n', PipelineLoader.Files(_folder).Select(file =>
            $"{file} {new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file).Ticks}"));
    }
}
