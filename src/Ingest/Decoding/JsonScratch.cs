namespace Bongsu.Ingest.Decoding;

/// <summary>Room in which strings lose their escapes; what was written there holds until the next use.</summary>
internal sealed class JsonScratch
{
    private byte[] _bytes = new byte[4096];

    /// <summary>Whether errors say what was met where; off once nobody will read them.</summary>
    public bool Explains { get; set; } = true;

    public Span<byte> Room(int sizeBytes)
    {
        if (_bytes.Length < sizeBytes)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(sizeBytes, _bytes.Length * 2));
        }

        return _bytes;
    }
}
