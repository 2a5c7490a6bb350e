using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bongsu.Server.Auth;

/// <summary>The keys of a server, in <c>keys.json</c> of its data directory; the server notices changes within
/// seconds.</summary>
/// <remarks>Thread-safe for reading. Written whole and renamed into place, readable by its owner only.</remarks>
internal sealed class ApiKeyFile
{
    private const string FileName = "keys.json";
    private const string KeyPrefix = "bgs_";
    private static readonly TimeSpan s_recheckInterval = TimeSpan.FromSeconds(2);
    private readonly string _path;
    private readonly TimeProvider _time;
    private volatile Snapshot _snapshot;

    /// <summary>Opens the key file of a data directory, which need not exist.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of keys.</exception>
    public ApiKeyFile(string dataDirectory, TimeProvider time)
    {
        _path = Path.Combine(dataDirectory, FileName);
        _time = time;
        _snapshot = Load();
    }

    /// <summary>All keys.</summary>
    public IReadOnlyCollection<ApiKey> Keys => Current().ByHash.Values;

    /// <summary>True once there is a key: from then on every request needs one.</summary>
    public bool IsConfigured => Current().ByHash.Count > 0;

    /// <summary>The principal of a key, or null where it is unknown.</summary>
    public Principal? Authenticate(string key) =>
        key.StartsWith(KeyPrefix, StringComparison.Ordinal) && Current().ByHash.TryGetValue(HashOf(key), out ApiKey? found)
            ? PrincipalOf(found)
            : null;

    /// <summary>The principal of a key by its id, or null where it was removed.</summary>
    public Principal? FindById(string id) => Keys.FirstOrDefault(key => key.Id == id) is { } found ? PrincipalOf(found) : null;

    /// <summary>Makes a key, which is returned this once and never stored.</summary>
    public string Create(string tenant, Scopes scopes, string note)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        string secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        string key = $"{KeyPrefix}{id}_{secret}";
        Save([.. Load().ByHash.Values, new ApiKey(id, HashOf(key), tenant, ScopeNames.Names(scopes), note, _time.GetUtcNow())]);
        return key;
    }

    /// <summary>Removes a key; false where there is none of this id.</summary>
    public bool Remove(string id)
    {
        ApiKey[] all = [.. Load().ByHash.Values];
        ApiKey[] kept = [.. all.Where(key => key.Id != id)];
        if (kept.Length == all.Length)
        {
            return false;
        }

        Save(kept);
        return true;
    }

    private static Principal PrincipalOf(ApiKey key) =>
        new(key.Tenant, ScopeNames.TryParse(string.Join(',', key.Scopes), out Scopes scopes) ? scopes : Scopes.None, key.Id);

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private Snapshot Current()
    {
        Snapshot snapshot = _snapshot;
        long now = _time.GetTimestamp();
        if (_time.GetElapsedTime(snapshot.CheckedAt, now) < s_recheckInterval)
        {
            return snapshot;
        }

        if (WrittenAt() == snapshot.WrittenAt)
        {
            return _snapshot = snapshot with { CheckedAt = now };
        }

        return _snapshot = Load();
    }

    private DateTime WrittenAt() => File.Exists(_path) ? File.GetLastWriteTimeUtc(_path) : default;

    private Snapshot Load()
    {
        long now = _time.GetTimestamp();
        DateTime writtenAt = WrittenAt();
        if (writtenAt == default)
        {
            return new Snapshot([], default, now);
        }

        try
        {
            ApiKey[] keys = JsonSerializer.Deserialize(File.ReadAllBytes(_path), ApiKeyJson.Default.ApiKeyArray) ?? [];
            return new Snapshot(keys.ToDictionary(key => key.Hash), writtenAt, now);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{_path}: not a key file: {error.Message}");
        }
    }

    private void Save(ApiKey[] keys)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        string temporary = _path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, keys, ApiKeyJson.Default.ApiKeyArray);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
        _snapshot = Load();
    }

    private sealed record Snapshot(Dictionary<string, ApiKey> ByHash, DateTime WrittenAt, long CheckedAt);
}

/// <summary>Source-generated JSON of the key file.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiKey[]))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
