using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bongsu.Server.Auth;

/// <summary>Signed session cookies: key id and expiry, sealed with a secret of the data directory, so that a restart
/// signs nobody out.</summary>
internal sealed class SessionTokens
{
    /// <summary>How long a session lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly byte[] _secret;
    private readonly TimeProvider _time;

    /// <summary>Loads the secret of a data directory, making one on first use.</summary>
    public SessionTokens(string dataDirectory, TimeProvider time)
    {
        _time = time;
        string path = Path.Combine(dataDirectory, "session.key");
        if (File.Exists(path) && new FileInfo(path).Length == 32)
        {
            _secret = File.ReadAllBytes(path);
            return;
        }

        _secret = RandomNumberGenerator.GetBytes(32);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(_secret);
    }

    /// <summary>A token for a key.</summary>
    public string Issue(string keyId)
    {
        string payload = $"{keyId}.{(_time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()}";
        return $"{payload}.{Sign(payload)}";
    }

    /// <summary>The key id of a token, or null where it is forged or over.</summary>
    public string? Validate(string token)
    {
        int last = token.LastIndexOf('.');
        int first = token.IndexOf('.');
        if (first <= 0 || last <= first ||
            !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Sign(token[..last])), Encoding.UTF8.GetBytes(token[(last + 1)..])) ||
            !long.TryParse(token.AsSpan(first + 1, last - first - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long expiry))
        {
            return null;
        }

        return _time.GetUtcNow().ToUnixTimeSeconds() < expiry ? token[..first] : null;
    }

    private string Sign(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(payload)));
}
