using System.Collections.Concurrent;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Store.Files;
using Bongsu.Store.Manifests;

namespace Bongsu.Store;

/// <summary>The tables there are. Thread-safe; tables come and go one at a time.</summary>
internal sealed class TableCatalog
{
    private readonly Database _database;
    private readonly IFileSystem _files;
    private readonly StoreOptions _options;
    private readonly Lock _change = new();
    private readonly ConcurrentDictionary<(string Tenant, string Name), Table> _byName = new();
    private readonly ConcurrentDictionary<long, Table> _byId = new();
    private long _nextId = 1;

    public TableCatalog(Database database, IFileSystem files, StoreOptions options)
    {
        _database = database;
        _files = files;
        _options = options;
        string tenants = Path.Combine(options.DataDirectory, DataLayout.Tenants);
        foreach (string tenant in files.ListDirectories(tenants))
        {
            string tables = DataLayout.TablesOf(options.DataDirectory, tenant);
            foreach (string name in files.ListDirectories(tables).Order(StringComparer.Ordinal))
            {
                Load(Path.Combine(tables, name));
            }
        }
    }

    public IEnumerable<Table> All => _byId.Values;

    public long MaxFlushedSequence => _byId.Values.Select(table => table.FlushedSequence).DefaultIfEmpty(0).Max();

    public Table? Find(string tenant, string name) => _byName.GetValueOrDefault((tenant, name));

    public Table? Find(long tableId)
    {
        NoteId(tableId);
        return _byId.GetValueOrDefault(tableId);
    }

    /// <summary>Rows of the log up to here are in parts; of a table that is gone, all.</summary>
    public long FlushedSequenceOf(long tableId) => _byId.TryGetValue(tableId, out Table? table) ? table.FlushedSequence : long.MaxValue;

    public Table GetOrCreate(string tenant, string name)
    {
        if (_byName.TryGetValue((tenant, name), out Table? known))
        {
            return known;
        }

        Names.CheckTenant(tenant);
        Names.CheckTable(name);
        lock (_change)
        {
            if (_byName.TryGetValue((tenant, name), out known))
            {
                return known;
            }

            if (_byName.Keys.Count(key => key.Tenant == tenant) >= _options.MaxTables)
            {
                throw new StoreException("too_many_tables", $"tenant '{tenant}' has {_options.MaxTables} tables already: '{name}' cannot be made");
            }

            Table table = Create(tenant, name);
            _byId[table.Id] = table;
            _byName[(tenant, name)] = table;
            _database.NoteSchemaChange();
            return table;
        }
    }

    public bool Drop(string tenant, string name)
    {
        lock (_change)
        {
            if (!_byName.TryRemove((tenant, name), out Table? table))
            {
                return false;
            }

            table.MarkDropped();
            _byId.TryRemove(table.Id, out _);
            _database.NoteSchemaChange();
            // The manifest makes the table: without it the rest is refuse, also after a crash.
            _files.DeleteFile(Path.Combine(table.Directory, Manifest.FileName));
            _files.SyncDirectory(table.Directory);
            _files.DeleteDirectory(table.Directory);
            table.DropHead();
            return true;
        }
    }

    private Table Create(string tenant, string name)
    {
        long id = Interlocked.Increment(ref _nextId) - 1;
        string directory = DataLayout.TableOf(_options.DataDirectory, tenant, id);
        var schema = new Schema([new Column(SystemColumns.Timestamp, ScalarType.DateTime)]);
        var manifest = new Manifest(id, tenant, name, schema, 0, 1, [], []);
        try
        {
            _files.CreateDirectory(directory);
            manifest.Save(_files, directory);
            for (string? parent = Path.GetDirectoryName(directory); parent is not null; parent = Path.GetDirectoryName(parent))
            {
                _files.SyncDirectory(parent);
                if (parent == _options.DataDirectory)
                {
                    break;
                }
            }
        }
        catch (IOException exception) when (DiskFull.Is(exception))
        {
            throw new StoreFullException($"the disk is full: table '{name}' cannot be made", exception);
        }

        return new Table(_database, _files, directory, manifest);
    }

    private void Load(string directory)
    {
        NoteId(long.TryParse(Path.GetFileName(directory), System.Globalization.NumberStyles.HexNumber, null, out long id) ? id : 0);
        if (!_files.ListFiles(directory).Contains(Manifest.FileName))
        {
            // Dropped, or never finished.
            _files.DeleteDirectory(directory);
            return;
        }

        Manifest manifest;
        try
        {
            manifest = Manifest.Load(_files, directory);
        }
        catch (CorruptDataException exception)
        {
            throw new StoreException(
                "manifest",
                $"{exception.Message}; restore the file from a backup, or move {directory} away to start without that table",
                exception);
        }

        var table = new Table(_database, _files, directory, manifest);
        _byId[table.Id] = table;
        _byName[(table.Tenant, table.Name)] = table;
    }

    // A number that was ever used, in a directory or in the log, is never given again.
    private void NoteId(long tableId)
    {
        lock (_change)
        {
            _nextId = Math.Max(_nextId, tableId + 1);
        }
    }
}
