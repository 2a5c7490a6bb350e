namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>What a bulk item asks for.</summary>
internal enum BulkAction
{
    /// <summary>Store the document; a repeat is stored again.</summary>
    Index,

    /// <summary>Store the document unless its <c>_id</c> was stored before.</summary>
    Create,

    /// <summary>Change a document: refused.</summary>
    Update,

    /// <summary>Remove a document: refused.</summary>
    Delete,
}
