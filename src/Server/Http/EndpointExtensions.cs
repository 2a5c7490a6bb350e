using Bongsu.Server.Auth;

namespace Bongsu.Server.Http;

/// <summary>What endpoints say about themselves and read from a request.</summary>
internal static class EndpointExtensions
{
    /// <summary>Lets only keys with a scope through.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Scopes scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredScope(scope));

    /// <summary>Who asks; only behind <see cref="Requires{TBuilder}"/>.</summary>
    public static Principal Principal(this HttpContext http) => (Principal)http.Items[typeof(Principal)]!;

    /// <summary>Who asks, or null.</summary>
    public static Principal? FindPrincipal(this HttpContext http) => http.Items[typeof(Principal)] as Principal;
}
