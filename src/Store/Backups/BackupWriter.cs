using Bongsu.Store.Documents;
using Bongsu.Store.Files;
using Bongsu.Store.Head;
using Bongsu.Store.Keys;
using Bongsu.Store.Manifests;
using Bongsu.Store.Parts;
using Bongsu.Store.Scan;

namespace Bongsu.Store.Backups;

/// <summary>Writes a backup: a data directory without a log, whose heads are parts.</summary>
internal sealed class BackupWriter
{
    private readonly IFileSystem _files;
    private readonly StoreOptions _options;
    private readonly string _directory;
    private long _copiedBytes;

    public BackupWriter(IFileSystem files, StoreOptions options, string directory)
    {
        _files = files;
        _options = options;
        _directory = Path.GetFullPath(directory);
    }

    public BackupReport Write(BackupContent content, CancellationToken cancellationToken)
    {
        if (_files.ListFiles(_directory).Count > 0 || _files.ListDirectories(_directory).Count > 0)
        {
            throw new StoreException("backup", $"{_directory} is not empty: a backup needs a directory of its own");
        }

        if ((_directory + Path.DirectorySeparatorChar).StartsWith(
            _options.DataDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new StoreException("backup", $"{_directory} is inside the data directory {_options.DataDirectory}");
        }

        _files.CreateDirectory(_directory);
        var tables = new List<BackupTable>();
        foreach ((Table table, TableSnapshot snapshot) in content.Tables)
        {
            tables.Add(new BackupTable(table.Tenant, table.Name, WriteTable(table, snapshot, content.Sequence, cancellationToken)));
        }

        CopyDocuments(cancellationToken);
        new KeyFiles(_files, Path.Combine(_directory, DataLayout.Keys)).Save(content.Keys);
        BackupDescriptor.Save(_files, _directory, tables);
        return new BackupReport(tables, _copiedBytes);
    }

    private long WriteTable(Table table, TableSnapshot snapshot, long sequence, CancellationToken cancellationToken)
    {
        string directory = DataLayout.TableOf(_directory, table.Tenant, table.Id);
        _files.CreateDirectory(directory);
        var numbers = new List<long>();
        long rowCount = 0;
        foreach (Part part in snapshot.Parts)
        {
            if (part.IsSetAside)
            {
                continue;
            }

            _copiedBytes += FileCopy.Copy(_files, part.File, TableParts.PathOf(directory, part.Number), cancellationToken);
            numbers.Add(part.Number);
            rowCount += part.RowCount;
        }

        if (snapshot.Head.Length > 0)
        {
            long next = numbers.Count == 0 ? 1 : numbers.Max() + 1;
            HeadChunk[] head = snapshot.Head.ToArray();
            List<string> paths = PartCutter.Cut(
                _files,
                head,
                snapshot.Schema,
                () =>
                {
                    numbers.Add(next);
                    return TableParts.PathOf(directory, next++);
                },
                _options.BlockRows);
            rowCount += head.Sum(chunk => (long)chunk.RowCount);
            foreach (string path in paths)
            {
                using IStorageFile file = _files.Open(path, StorageFileMode.Read);
                _copiedBytes += file.Length;
            }
        }

        var manifest = new Manifest(
            table.Id, table.Tenant, table.Name, snapshot.Schema, sequence, numbers.Count == 0 ? 1 : numbers.Max() + 1, numbers, []);
        manifest.Save(_files, directory);
        table.Templates.Copy(_files, directory);
        return rowCount;
    }

    private void CopyDocuments(CancellationToken cancellationToken)
    {
        foreach (string tenant in _files.ListDirectories(Path.Combine(_options.DataDirectory, DataLayout.Tenants)))
        {
            string source = DataLayout.DocumentsOf(_options.DataDirectory, tenant);
            foreach (string collection in _files.ListDirectories(source))
            {
                string target = Path.Combine(DataLayout.DocumentsOf(_directory, tenant), collection);
                _files.CreateDirectory(target);
                IEnumerable<string> names = _files.ListFiles(Path.Combine(source, collection));
                foreach (string name in names.Where(name => name == DocumentLog.FileName))
                {
                    CopyDocument(Path.Combine(source, collection, name), Path.Combine(target, name), cancellationToken);
                }
            }
        }
    }

    // A document may be deleted while the backup runs.
    private void CopyDocument(string from, string to, CancellationToken cancellationToken)
    {
        IStorageFile file;
        try
        {
            file = _files.Open(from, StorageFileMode.Read);
        }
        catch (FileNotFoundException)
        {
            return;
        }

        using (file)
        {
            _copiedBytes += FileCopy.Copy(_files, file, to, cancellationToken);
        }
    }
}
