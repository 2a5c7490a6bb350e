using Bongsu.Core.Calendars;

namespace Bongsu.Alert.Bands;

/// <content>Its bytes: docs/formats/bands.md.</content>
public sealed partial class BandModel
{
    private const byte FormatVersion = 1;

    /// <summary>Writes all it knows, but not its options and calendar.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(FormatVersion);
        writer.Write(_options.Step.Ticks);
        writer.Write((byte)((_isProportional ? 1 : 0) | (_isCount ? 2 : 0) | (_isNonNegative ? 4 : 0) | (_season is null ? 0 : 8)));
        writer.Write(_level);
        writer.Write(_slopePerDay);
        writer.Write(_scale);
        writer.Write(_levelGain);
        writer.Write(_upperTail);
        writer.Write(_lowerTail);
        writer.Write(_lowestShare);
        writer.Write(_levelBeforeShift);
        writer.Write(_firstTicks);
        writer.Write(_lastTicks);
        writer.Write(_learntTicks);
        writer.Write(_pointCount);
        writer.Write(_localDay);
        writer.Write(_returnCount);
        _shift.Write(writer);
        _season?.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">At the first byte of a model.</param>
    /// <param name="options">Those of the rule; where the step is another than when it was written, the model is empty
    /// and must learn anew.</param>
    /// <param name="calendar">That of the rule.</param>
    /// <exception cref="InvalidDataException">The bytes are not a model's.</exception>
    public static BandModel Read(BinaryReader reader, BandOptions options, Calendar calendar)
    {
        try
        {
            return ReadChecked(reader, options, calendar);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("band model: the bytes end too early");
        }
    }

    private static BandModel ReadChecked(BinaryReader reader, BandOptions options, Calendar calendar)
    {
        byte version = reader.ReadByte();
        if (version != FormatVersion)
        {
            throw new InvalidDataException($"band model: version {version}, expected {FormatVersion}");
        }

        long stepTicks = reader.ReadInt64();
        if (stepTicks <= 0)
        {
            throw new InvalidDataException($"band model: a step of {stepTicks} ticks");
        }

        var model = new BandModel(options, calendar);
        byte flags = reader.ReadByte();
        model._isProportional = (flags & 1) != 0;
        model._isCount = (flags & 2) != 0;
        model._isNonNegative = (flags & 4) != 0;
        model._level = reader.ReadDouble();
        model._slopePerDay = reader.ReadDouble();
        model._scale = reader.ReadDouble();
        model._levelGain = reader.ReadDouble();
        model._upperTail = reader.ReadDouble();
        model._lowerTail = reader.ReadDouble();
        model._lowestShare = reader.ReadDouble();
        model._levelBeforeShift = reader.ReadDouble();
        model._firstTicks = reader.ReadInt64();
        model._lastTicks = reader.ReadInt64();
        model._learntTicks = reader.ReadInt64();
        model._pointCount = Math.Max(0, reader.ReadInt32());
        model._localDay = reader.ReadInt32();
        model._returnCount = reader.ReadInt32();
        model._shift.Read(reader);
        model._season = (flags & 8) != 0 ? SeasonProfile.Read(reader, stepTicks) : null;
        if (stepTicks != options.Step.Ticks)
        {
            model.Forget();
        }

        return model;
    }
}
