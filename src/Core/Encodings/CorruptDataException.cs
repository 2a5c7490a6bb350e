namespace Bongsu.Core.Encodings;

/// <summary>Stored bytes are not what was written. The message says which file, where, what was expected and what was
/// found.</summary>
public sealed class CorruptDataException : Exception
{
    /// <summary>Damaged bytes.</summary>
    /// <param name="message">Place, expected, found.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public CorruptDataException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
