namespace Bongsu.Ingest.Files;

/// <summary>One line taken from a <see cref="LineBuffer"/>.</summary>
/// <param name="Start">Offset of its first byte in the source.</param>
/// <param name="End">Offset behind its line feed.</param>
/// <param name="Part">0 for a whole line; 1, 2, … for the pieces of one that is too long.</param>
internal readonly record struct RawLine(long Start, long End, int Part);
