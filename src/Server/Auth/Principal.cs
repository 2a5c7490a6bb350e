namespace Bongsu.Server.Auth;

/// <summary>Who asks, as far as the server knows.</summary>
/// <param name="Tenant">The tenant whose tables are seen.</param>
/// <param name="Scopes">What is allowed.</param>
/// <param name="KeyId">The key that was shown; null where no credentials are configured.</param>
internal sealed record Principal(string Tenant, Scopes Scopes, string? KeyId)
{
    /// <summary>Everyone, where no credentials are configured.</summary>
    public static Principal Anonymous { get; } = new("default", Scopes.Admin, null);
}
