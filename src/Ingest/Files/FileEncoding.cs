namespace Bongsu.Ingest.Files;

/// <summary>How a file's text is encoded. The numbers are kept in checkpoints.</summary>
internal enum FileEncoding : byte
{
    /// <summary>UTF-8, or an encoding that holds ASCII as it is: decided line by line.</summary>
    Utf8 = 0,

    /// <summary>UTF-16, low byte first.</summary>
    Utf16LittleEndian = 1,

    /// <summary>UTF-16, high byte first.</summary>
    Utf16BigEndian = 2,
}
