using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>Reads action lines such as <c>{"create":{"_index":"logs","_id":"1"}}</c>. Remembers the last one, which
/// mostly repeats.</summary>
/// <remarks>Elasticsearch reference 8.x, "Bulk API". Members without meaning here (<c>_type</c>, <c>routing</c>, …) are
/// passed over.</remarks>
internal sealed class BulkActionLine
{
    private readonly JsonScratch _scratch = new();
    private readonly DynamicWriter _writer = new();
    private byte[] _last = [];

    public BulkAction Action { get; private set; }

    /// <summary>The index; null where the line names none.</summary>
    public string? Index { get; private set; }

    /// <summary>The document's id; empty where the line names none.</summary>
    public byte[] Id { get; private set; } = [];

    /// <summary>Reads a line; on failure the error says what was expected, for the whole request.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out string? error)
    {
        error = null;
        if (_last.Length > 0 && line.SequenceEqual(_last))
        {
            return true;
        }

        Index = null;
        Id = [];
        var cursor = new JsonCursor(line, 0, line.Length, _scratch);
        if (!TryReadAction(ref cursor))
        {
            _last = [];
            error = cursor.Error;
            return false;
        }

        _last = line.ToArray();
        return true;
    }

    /// <summary>Sets what a line would say, for requests that say it in their path.</summary>
    public void Set(BulkAction action, string? id)
    {
        Action = action;
        Index = null;
        Id = Encoding.UTF8.GetBytes(id ?? "");
    }

    private bool TryReadAction(ref JsonCursor cursor)
    {
        if (cursor.Peek() != '{')
        {
            return cursor.Fail("an action object");
        }

        cursor.Position++;
        if (!cursor.TryReadKey(out ReadOnlySpan<byte> name))
        {
            return false;
        }

        if (!TryAction(name, out BulkAction action))
        {
            return cursor.Refuse($"expected one of [create, delete, index, update] but found [{Encoding.UTF8.GetString(name)}]");
        }

        Action = action;
        if (cursor.Peek() != '{')
        {
            return cursor.Fail("the action's object");
        }

        cursor.Position++;
        if (!TryReadMembers(ref cursor))
        {
            return false;
        }

        if (cursor.Peek() != '}')
        {
            return cursor.Fail("'}'");
        }

        cursor.Position++;
        return (cursor.Peek() == 0 && cursor.IsAtEnd) || cursor.Fail("the end of the line");
    }

    private bool TryReadMembers(ref JsonCursor cursor)
    {
        if (cursor.Peek() == '}')
        {
            cursor.Position++;
            return true;
        }

        while (cursor.TryReadKey(out ReadOnlySpan<byte> name))
        {
            bool isIndex = name.SequenceEqual("_index"u8);
            bool isId = name.SequenceEqual("_id"u8);
            _writer.Clear();
            if (!cursor.TryReadDynamic(_writer, depth: 8))
            {
                return false;
            }

            var value = new DynamicReader(_writer.Written);
            if (isIndex && value.Kind == DynamicKind.String)
            {
                Index = value.AsString;
            }
            else if (isId)
            {
                Id = Encoding.UTF8.GetBytes(Core.Text.ScalarText.FormatDynamic(value));
            }

            byte next = cursor.Peek();
            if (next is not ((byte)',' or (byte)'}'))
            {
                return cursor.Fail("',' or '}'");
            }

            cursor.Position++;
            if (next == '}')
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryAction(ReadOnlySpan<byte> name, out BulkAction action)
    {
        action = name switch
        {
            _ when name.SequenceEqual("create"u8) => BulkAction.Create,
            _ when name.SequenceEqual("update"u8) => BulkAction.Update,
            _ when name.SequenceEqual("delete"u8) => BulkAction.Delete,
            _ => BulkAction.Index,
        };
        return action != BulkAction.Index || name.SequenceEqual("index"u8);
    }
}
