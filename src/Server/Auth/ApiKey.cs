namespace Bongsu.Server.Auth;

/// <summary>One key as it rests in the key file: its hash, never itself.</summary>
/// <param name="Id">Public part, shown in lists and logs.</param>
/// <param name="Hash">SHA-256 of the whole key, hex. A key is 256 random bits, so a fast hash cannot be
/// searched.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Scopes">Its scopes' names.</param>
/// <param name="Note">What it is for.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record ApiKey(string Id, string Hash, string Tenant, string[] Scopes, string Note, DateTimeOffset CreatedAt);
