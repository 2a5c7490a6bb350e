using Bongsu.Core.Encodings;

namespace Bongsu.Store.Parts;

/// <summary>Of a block's codes into a shared dictionary the least and the greatest of every 1024 rows, that of the empty
/// string left out. Immutable.</summary>
/// <remarks>docs/formats/part.md draws them; <see cref="SharedCodes"/> writes them.</remarks>
internal sealed class CodeZones
{
    private readonly (long Min, long Max)[] _zones;

    private CodeZones((long Min, long Max)[] zones)
    {
        _zones = zones;
    }

    public static CodeZones Read(ReadOnlySpan<byte> bytes, int rowCount)
    {
        var reader = new ByteReader(bytes);
        var zones = new (long Min, long Max)[(rowCount + RowGroups.GroupRows - 1) / RowGroups.GroupRows];
        long min = 0;
        for (int zone = 0; zone < zones.Length; zone++)
        {
            min = unchecked(min + reader.ReadZigzag());
            zones[zone] = (min, unchecked(min + reader.ReadCount(int.MaxValue)));
        }

        reader.ExpectEnd();
        return new CodeZones(zones);
    }

    /// <summary>False only where no row has the code.</summary>
    public bool MayHave(int code) => Array.Exists(_zones, zone => code >= zone.Min && code <= zone.Max);

    /// <summary>False only where no row of a group has the code.</summary>
    public bool MayHave(int code, int group) => code >= _zones[group].Min && code <= _zones[group].Max;
}
