namespace Bongsu.Ingest.Files;

/// <summary>What a file was found to be by looking at its first lines.</summary>
/// <param name="Formats">Shapes that occur.</param>
/// <param name="Main">The most frequent shape.</param>
/// <param name="TimeWord">At which word of a line its time stands, where that is not the first; else 0.</param>
/// <param name="StartsAreKnown">Whether records begin with a recognisable line, so that any other line continues the
/// one before.</param>
internal sealed record FileShape(LineFormat Formats, LineFormat Main, int TimeWord, bool StartsAreKnown)
{
    /// <summary>Before any line was seen.</summary>
    public static FileShape Unknown { get; } = new(LineFormat.All, LineFormat.None, 0, false);
}
