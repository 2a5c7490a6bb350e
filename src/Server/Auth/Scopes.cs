namespace Bongsu.Server.Auth;

/// <summary>What a key may do.</summary>
[Flags]
internal enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Write rows.</summary>
    Ingest = 1,

    /// <summary>Read: queries, tables, rules, alerts, saved queries.</summary>
    Query = 2,

    /// <summary>Everything in its tenant.</summary>
    Admin = 4 | Ingest | Query,
}
