namespace Bongsu.Core.Encodings;

/// <summary>Reads bytes of a block's slots and looks whether they are whole.</summary>
/// <param name="start">Where they begin.</param>
/// <param name="length">How many; null = all slots.</param>
/// <param name="checksum">Their crc; of all slots the reader knows it.</param>
/// <returns>They, and nothing else.</returns>
/// <exception cref="CorruptDataException">They are damaged.</exception>
public delegate byte[] SectionReader(int start, int? length, uint checksum);
