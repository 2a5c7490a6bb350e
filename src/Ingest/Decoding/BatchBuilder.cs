using System.Diagnostics.CodeAnalysis;
using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Decoding;

/// <summary>Makes a batch of rows whose fields are only known as they come: columns appear, widen and stay sparse by
/// themselves.</summary>
/// <remarks>
/// Use: resolve fields once by <see cref="Field(ReadOnlySpan{byte})"/>; per row <c>Set…</c> in any order, then
/// <see cref="TryEndRow"/> or <see cref="AbandonRow"/>; at the end <see cref="Build"/>, after which it is empty and can
/// go on.
/// Setters never throw for bad input: the first problem of a row is kept and <see cref="TryEndRow"/> refuses the row
/// with it.
/// Fields get their canonical column, level and time as <see cref="FieldConvention"/> says. Not thread-safe.
/// </remarks>
public sealed partial class BatchBuilder
{
    private const int RoleCount = (int)CanonicalField.SpanId + 1;
    private const int MaxOriginalBytes = 64;
    private const int MaxIdleColumns = 256;
    private const int TimeFieldRank = -1;
    private const int ProperRank = -2;

    private DecodeOptions _options;
    private Schema? _tableSchema;
    private readonly TimeParser _times;
    private readonly DynamicWriter _writer = new();
    private readonly Dictionary<byte[], Field>.AlternateLookup<ReadOnlySpan<byte>> _fields =
        new Dictionary<byte[], Field>(Utf8NameComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    private readonly List<byte[]> _fieldNames = [];
    private readonly List<ColumnBuilder> _columns = [];
    private readonly Dictionary<string, ColumnBuilder> _columnsByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnBuilder> _idleColumns = new(StringComparer.Ordinal);
    private readonly List<Field> _fieldsWithColumns = [];
    private readonly ColumnBuilder?[] _canonical = new ColumnBuilder?[RoleCount];
    private readonly Field?[] _holders = new Field?[RoleCount];
    private readonly int[] _holderRows = new int[RoleCount];
    private readonly RawValue _rawTime = new(MaxOriginalBytes);
    private readonly RawValue _rawLevel = new(MaxOriginalBytes);
    private readonly Field _properLevel = ProperField(CanonicalField.Level);
    private readonly Field _ignored = new("", CanonicalField.None, FieldConvention.NoRank);
    private ColumnBuilder _timestamps;
    private ColumnBuilder? _remainders;
    private ColumnBuilder? _levelTexts;
    private EventTime _time;
    private string? _error;
    private int _row;
    private int _newTableColumns;
    private (int Columns, int Fields, int Holders, int TableColumns) _rowStart;

    /// <summary>A builder.</summary>
    /// <param name="options">Received time, zone, limits.</param>
    /// <param name="tableSchema">The table's columns so far, or null.</param>
    public BatchBuilder(DecodeOptions options, Schema? tableSchema = null)
    {
        _options = options;
        _tableSchema = tableSchema;
        _times = new TimeParser(options.DefaultZone);
        Reset();
    }

    /// <summary>Rows ended so far.</summary>
    public int RowCount => _row;

    /// <summary>Whether columns keep their room from batch to batch: for builders that are never idle for long.</summary>
    internal bool KeepsRoom { get; init; }

    /// <summary>Fields met so far; they are kept from batch to batch.</summary>
    internal int FieldCount => _fieldNames.Count;

    /// <summary>Bytes of memory the columns hold, about; walks them.</summary>
    internal long RoomBytes
    {
        get
        {
            long size = 0;
            foreach (ColumnBuilder column in _columns)
            {
                size += column.SizeBytes;
            }

            foreach (ColumnBuilder column in _idleColumns.Values)
            {
                size += column.SizeBytes;
            }

            return size;
        }
    }

    /// <summary>Resolves a field.</summary>
    /// <param name="name">
    /// UTF-8, nested fields by dot path. An empty name and control characters become <c>_</c>; a name past the limit
    /// refuses the row.
    /// </param>
    public Field Field(ReadOnlySpan<byte> name)
    {
        if (_fields.TryGetValue(name, out Field? known))
        {
            return known;
        }

        if (name.Length > _options.Limits.MaxNameBytes)
        {
            Fail($"field name of {name.Length} bytes: the limit is {_options.Limits.MaxNameBytes}");
            return _ignored;
        }

        string cleaned = ColumnName.Clean(name);
        CanonicalField role = FieldConvention.Resolve(cleaned, out int rank);
        if (cleaned == _options.TimeField)
        {
            role = CanonicalField.Timestamp;
            rank = TimeFieldRank;
        }

        var field = new Field(cleaned, role, rank);
        byte[] key = name.ToArray();
        _fields.Dictionary.Add(key, field);
        _fieldNames.Add(key);
        return field;
    }

    /// <summary>Resolves a field by text.</summary>
    public Field Field(string name) => Field(Encoding.UTF8.GetBytes(name));

    /// <summary>Begins batches of another request, which may be for another table.</summary>
    /// <param name="options">Of the same time field, zone and limits as before.</param>
    /// <param name="tableSchema">The table's columns so far, or null.</param>
    internal void Begin(DecodeOptions options, Schema? tableSchema)
    {
        _options = options;
        _tableSchema = tableSchema;
        Reset();
    }

    /// <summary>A field that a protocol itself keeps for a role: it wins over every name.</summary>
    internal static Field ProperField(CanonicalField role) => new(FieldConvention.ColumnName(role), role, ProperRank);

    /// <summary>Refuses the current row; of several reasons the first stays.</summary>
    public void Fail(string reason) => _error ??= reason;

    /// <summary>Sets a text of valid UTF-8; empty is the same as absent.</summary>
    public void SetString(Field field, ReadOnlySpan<byte> utf8)
    {
        if (field.Role == CanonicalField.None)
        {
            (field.Own ?? OwnColumn(field))?.SetString(_row, utf8);
        }
        else if (!utf8.IsEmpty)
        {
            SetRoleText(field, utf8);
        }

        if (field.MayBeEncoded && utf8.Contains((byte)'%'))
        {
            SetDecoded(field, utf8);
        }
    }

    /// <summary>As <see cref="SetString(Field, ReadOnlySpan{byte})"/>, of a text that is there both ways.</summary>
    internal void SetString(Field field, ReadOnlySpan<byte> utf8, in ShortText text)
    {
        if (utf8.IsEmpty || !TryAppend(field, utf8, text))
        {
            SetString(field, utf8);
        }
        else if (field.MayBeEncoded && utf8.Contains((byte)'%'))
        {
            SetDecoded(field, utf8);
        }
    }

    /// <summary>Sets an integer.</summary>
    public void SetLong(Field field, long value)
    {
        switch (field.Role)
        {
            case CanonicalField.None:
                (field.Own ?? OwnColumn(field))?.SetLong(_row, value);
                break;
            case CanonicalField.Timestamp when TimeParser.TryFromNumber(value, out EventTime time) && TryClaim(field):
                TakeTime(field, time);
                _rawTime.SetLong(value);
                break;
            case CanonicalField.Timestamp:
                OwnColumn(field)?.SetLong(_row, value);
                break;
            default:
                Span<byte> text = stackalloc byte[24];
                value.TryFormat(text, out int length);
                SetRoleText(field, text[..length]);
                break;
        }
    }

    /// <summary>Sets a number.</summary>
    public void SetReal(Field field, double value)
    {
        switch (field.Role)
        {
            case CanonicalField.None:
                (field.Own ?? OwnColumn(field))?.SetReal(_row, value);
                break;
            case CanonicalField.Timestamp when TimeParser.TryFromNumber(value, out EventTime time) && TryClaim(field):
                TakeTime(field, time);
                _rawTime.SetReal(value);
                break;
            case CanonicalField.Timestamp:
                OwnColumn(field)?.SetReal(_row, value);
                break;
            default:
                SetRoleText(field, Encoding.UTF8.GetBytes(ScalarText.Format(value)));
                break;
        }
    }

    /// <summary>Sets a truth value.</summary>
    public void SetBool(Field field, bool value)
    {
        if (field.Role is CanonicalField.None or CanonicalField.Timestamp)
        {
            OwnColumn(field)?.SetBool(_row, value);
        }
        else
        {
            SetRoleText(field, value ? "true"u8 : "false"u8);
        }
    }

    /// <summary>Sets an encoded dynamic value; for a canonical text field its JSON text.</summary>
    public void SetDynamic(Field field, ReadOnlySpan<byte> encoded)
    {
        if (field.Role is CanonicalField.None or CanonicalField.Timestamp)
        {
            OwnColumn(field)?.SetEncoded(_row, encoded);
        }
        else
        {
            SetRoleText(field, Encoding.UTF8.GetBytes(ScalarText.FormatDynamic(new DynamicReader(encoded))));
        }
    }

    /// <summary>Sets nothing: takes back what a repeated key set before.</summary>
    public void SetNull(Field field)
    {
        if (field.Role == CanonicalField.None)
        {
            field.Own?.Remove(_row);
        }
    }

    /// <summary>Sets the event time, over whatever fields say.</summary>
    public void SetTime(EventTime time)
    {
        _time = time;
        _holders[(int)CanonicalField.Timestamp] = null;
        _holderRows[(int)CanonicalField.Timestamp] = _row;
    }

    /// <summary>Sets the level as a protocol's number tells it, and what the sender called it.</summary>
    /// <param name="level">One of the shared words; empty where there is no number, so that the text decides.</param>
    /// <param name="text">The sender's word; may be empty.</param>
    public void SetLevel(ReadOnlySpan<byte> level, ReadOnlySpan<byte> text)
    {
        if (level.IsEmpty && text.IsEmpty)
        {
            return;
        }

        if (!text.IsEmpty)
        {
            SetRoleText(_properLevel, text);
        }

        if (!level.IsEmpty && TryClaim(_properLevel))
        {
            Canonical(CanonicalField.Level)?.SetString(_row, level);
            if (!text.IsEmpty && !Ascii.EqualsIgnoreCase(text, level))
            {
                SetLevelText(text);
            }
        }
    }

    /// <summary>Ends the row: it is taken, or refused with a reason and nothing of it kept.</summary>
    public bool TryEndRow([NotNullWhen(false)] out string? error)
    {
        if ((long)_row * _columns.Count > _maxCells)
        {
            FailAtLimit($"{_row} rows of {_columns.Count} columns are too many for one request: send fewer rows at a time");
        }

        error = _error;
        if (error is not null)
        {
            AbandonRow();
            return false;
        }

        if (_holderRows[(int)CanonicalField.Timestamp] != _row)
        {
            _time = new EventTime(_options.ReceivedTicks);
        }

        _timestamps.SetDateTime(_row, _time.Ticks);
        if (_time.RemainderNs != 0)
        {
            _remainders ??= Column(FieldConvention.TimestampRemainder);
            _remainders?.SetLong(_row, _time.RemainderNs);
        }

        _row++;
        BeginRow();
        return true;
    }

    /// <summary>Forgets the row begun, with the columns it brought.</summary>
    public void AbandonRow()
    {
        foreach (ColumnBuilder column in _columns)
        {
            column.Remove(_row);
        }

        for (int field = _rowStart.Holders; field < _fieldsWithColumns.Count; field++)
        {
            _fieldsWithColumns[field].Own = Kept(_fieldsWithColumns[field].Own);
            _fieldsWithColumns[field].Decoded = Kept(_fieldsWithColumns[field].Decoded);
        }

        for (int role = 0; role < RoleCount; role++)
        {
            _canonical[role] = Kept(_canonical[role]);
            _holderRows[role] = -1;
        }

        _remainders = Kept(_remainders);
        _levelTexts = Kept(_levelTexts);
        for (int column = _rowStart.Columns; column < _columns.Count; column++)
        {
            _columnsByName.Remove(_columns[column].Name);
        }

        for (int field = _rowStart.Fields; field < _fieldNames.Count; field++)
        {
            _fields.Dictionary.Remove(_fieldNames[field]);
        }

        _columns.RemoveRange(_rowStart.Columns, _columns.Count - _rowStart.Columns);
        _fieldNames.RemoveRange(_rowStart.Fields, _fieldNames.Count - _rowStart.Fields);
        _newTableColumns = _rowStart.TableColumns;
        BeginRow();
    }

    /// <summary>Takes the ended rows out as a batch; a row begun and not ended is forgotten.</summary>
    public Batch Build()
    {
        Batch batch = Copy();
        Reset();
        return batch;
    }

    /// <summary>The ended rows as a batch; more may follow. A row begun and not ended is forgotten.</summary>
    internal Batch Copy()
    {
        AbandonRow();
        var columns = new List<Column>(_columns.Count);
        var vectors = new List<Vector>(_columns.Count);
        foreach (ColumnBuilder column in _columns)
        {
            if (column.Type is { } type)
            {
                columns.Add(new Column(column.Name, type));
                bool isSplit = _row > 0 && type == ScalarType.String && column == _canonical[(int)CanonicalField.Message];
                vectors.Add(isSplit && _options.SplitMessages is { } split ? column.Convert(_row, split) : column.Build(_row));
            }
        }

        if (columns.Count == 0)
        {
            columns.Add(new Column(FieldConvention.Timestamp, ScalarType.DateTime));
            vectors.Add(Vector.Nulls(ScalarType.DateTime, 0));
        }

        return new Batch(new Schema(columns), vectors.ToArray(), _row);
    }

    [MemberNotNull(nameof(_timestamps))]
    private void Reset()
    {
        foreach (Field field in _fieldsWithColumns)
        {
            field.Own = null;
            field.Decoded = null;
        }

        _fieldsWithColumns.Clear();
        foreach (ColumnBuilder column in _columns)
        {
            if (KeepsRoom && _idleColumns.Count < MaxIdleColumns)
            {
                _idleColumns.TryAdd(column.Name, column);
            }
        }

        _columns.Clear();
        _columnsByName.Clear();
        Array.Clear(_canonical);
        Array.Fill(_holderRows, -1);
        _remainders = null;
        _levelTexts = null;
        _row = 0;
        _newTableColumns = 0;
        _maxCells = _options.Limits.MaxCells;
        MetLimit = false;
        _timestamps = Column(FieldConvention.Timestamp)!;
        BeginRow();
    }

    private void BeginRow()
    {
        _error = null;
        _rowStart = (_columns.Count, _fieldNames.Count, _fieldsWithColumns.Count, _newTableColumns);
    }

    private ColumnBuilder? Kept(ColumnBuilder? column) =>
        column is null || column.Index >= _rowStart.Columns ? null : column;

    // The usual case: the first value of its column in this row, taken as it is.
    private bool TryAppend(Field field, ReadOnlySpan<byte> utf8, in ShortText text)
    {
        if (field.Role == CanonicalField.None)
        {
            return field.Own is { } own && own.TryAppend(_row, utf8, text);
        }

        int role = (int)field.Role;
        if (!field.IsKeptAsSent || _holderRows[role] == _row || _canonical[role]?.TryAppend(_row, utf8, text) is not true)
        {
            return false;
        }

        _holderRows[role] = _row;
        _holders[role] = field;
        return true;
    }

    private void SetRoleText(Field field, ReadOnlySpan<byte> utf8)
    {
        EventTime time = default;
        if ((field.Role == CanonicalField.Timestamp && !_times.TryParse(utf8, out time)) || !TryClaim(field))
        {
            (field.Own ?? OwnColumn(field))?.SetString(_row, utf8);
            return;
        }

        switch (field.Role)
        {
            case CanonicalField.Timestamp:
                TakeTime(field, time);
                _rawTime.SetText(utf8);
                break;
            case CanonicalField.Level:
                _rawLevel.SetText(utf8);
                SetLevel(utf8);
                break;
            default:
                Canonical(field.Role)?.SetString(_row, utf8);
                break;
        }
    }

    private void SetLevel(ReadOnlySpan<byte> utf8)
    {
        if (_levelTexts is null && LogLevels.TryCommon(utf8, out ReadOnlySpan<byte> common))
        {
            Canonical(CanonicalField.Level)?.SetString(_row, common);
            return;
        }

        SetUncommonLevel(utf8);
    }

    private void SetUncommonLevel(ReadOnlySpan<byte> utf8)
    {
        Span<byte> room = stackalloc byte[32];
        bool saysMore = LogLevels.Normalise(utf8, room, out ReadOnlySpan<byte> level);
        Canonical(CanonicalField.Level)?.SetString(_row, level);
        _levelTexts?.Remove(_row);
        if (saysMore)
        {
            SetLevelText(utf8);
        }
    }

    private void SetLevelText(ReadOnlySpan<byte> utf8)
    {
        _levelTexts ??= Column(FieldConvention.LevelText);
        _levelTexts?.SetString(_row, utf8);
    }

    private void TakeTime(Field field, EventTime time)
    {
        _time = time;
        Hold(field);
    }

    private void Hold(Field field) => _holders[(int)field.Role] = field;

    // Whether a field may set its role in this row; a weaker one that has set it gives its value back to its own
    // column.
    private bool TryClaim(Field field)
    {
        int role = (int)field.Role;
        if (_holderRows[role] == _row)
        {
            Field? holder = _holders[role];
            if (holder == field)
            {
                return true;
            }

            if (holder is null || holder.Rank <= field.Rank)
            {
                return false;
            }

            GiveBack(holder);
        }

        _holderRows[role] = _row;
        Hold(field);
        return true;
    }

    private void GiveBack(Field holder)
    {
        ColumnBuilder? own = OwnColumn(holder);
        switch (holder.Role)
        {
            case CanonicalField.Timestamp:
                _rawTime.CopyTo(own, _row);
                break;
            case CanonicalField.Level:
                _rawLevel.CopyTo(own, _row);
                break;
            default:
                own?.SetString(_row, _canonical[(int)holder.Role]!.LastText);
                break;
        }
    }

    private void SetDecoded(Field field, ReadOnlySpan<byte> utf8)
    {
        // A message is prose: "50%25" in it stays as it is, and only encoded text beyond ASCII is worth a second
        // column.
        bool nonAsciiOnly = field.Role != CanonicalField.None;
        if (PercentEncoding.TryDecode(utf8, PercentEncoding.IsQuery(field.Name), nonAsciiOnly, out ReadOnlySpan<byte> decoded))
        {
            if (field.Decoded is null)
            {
                string name = field.Role == CanonicalField.None ? field.Name : FieldConvention.ColumnName(field.Role);
                field.Decoded = Column(name + PercentEncoding.Suffix);
                _fieldsWithColumns.Add(field);
            }

            field.Decoded?.SetString(_row, decoded);
        }
    }

    // A canonical name that could not have its canonical column (an unreadable time, for instance) keeps its value
    // beside it.
    private ColumnBuilder? OwnColumn(Field field)
    {
        if (field.Own is null && field != _ignored)
        {
            bool isTaken = field.Role != CanonicalField.None && field.Name == FieldConvention.ColumnName(field.Role);
            field.Own = Column(isTaken ? field.Name + "_text" : field.Name);
            _fieldsWithColumns.Add(field);
        }

        return field.Own;
    }

    private ColumnBuilder? Canonical(CanonicalField role) =>
        _canonical[(int)role] ??= Column(FieldConvention.ColumnName(role));
}
