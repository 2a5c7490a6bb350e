using Bongsu.Core.Encodings;

namespace Bongsu.Store.Parts;

/// <summary>Where a column's values lie that follow from another column's shared dictionary.</summary>
/// <param name="Column">The other column's name.</param>
/// <param name="OffsetBytes">Where the values are, one for each entry of the dictionary.</param>
/// <param name="SizeBytes">Their bytes.</param>
/// <param name="Checksum">Of those.</param>
/// <param name="Encoding">How they are stored.</param>
internal sealed record ReferencePlace(string Column, long OffsetBytes, int SizeBytes, uint Checksum, BlockEncoding Encoding)
{
    public void Encode(ByteWriter writer)
    {
        writer.WriteString(Column);
        writer.WriteVarint((ulong)OffsetBytes);
        writer.WriteVarint((ulong)SizeBytes);
        writer.WriteUInt32(Checksum);
        writer.WriteByte((byte)Encoding);
    }

    public static ReferencePlace Decode(ref ByteReader reader) => new(
        reader.ReadString(), (long)reader.ReadVarint(), reader.ReadCount(int.MaxValue), reader.ReadUInt32(), (BlockEncoding)reader.ReadByte());
}
