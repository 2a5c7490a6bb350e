namespace Bongsu.Server.Auth;

/// <summary>Scopes as text.</summary>
internal static class ScopeNames
{
    /// <summary>Reads <c>ingest,query</c>; false where a name is unknown or none is given.</summary>
    public static bool TryParse(string text, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (string name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Scopes one = name switch
            {
                "ingest" => Scopes.Ingest,
                "query" => Scopes.Query,
                "admin" => Scopes.Admin,
                _ => Scopes.None,
            };
            if (one == Scopes.None)
            {
                return false;
            }

            scopes |= one;
        }

        return scopes != Scopes.None;
    }

    /// <summary>The names of the scopes, <c>admin</c> alone where it includes all.</summary>
    public static string[] Names(Scopes scopes) => scopes.HasFlag(Scopes.Admin)
        ? ["admin"]
        : new[] { (Scopes.Ingest, "ingest"), (Scopes.Query, "query") }
            .Where(known => scopes.HasFlag(known.Item1)).Select(known => known.Item2).ToArray();
}
