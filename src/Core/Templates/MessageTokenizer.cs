using System.Text.Unicode;
using Bongsu.Core.Kernels;

namespace Bongsu.Core.Templates;

/// <summary>Cuts one message into static text and variables, by rules that know no other message. One owner.</summary>
internal sealed class MessageTokenizer
{
    /// <summary>Most slots of a template; the last one takes the rest of the message.</summary>
    public const int MaxSlots = 48;

    /// <summary>Most bytes of a template's text, about; the rest of the message is one variable.</summary>
    public const int MaxTextBytes = 1024;

    /// <summary>Most line ends before the rest is one variable: a stack trace differs from the next in its depths.</summary>
    public const int MaxLineEnds = 4;

    private const int MaxWordBytes = 64;

    private readonly List<MessageRange> _slots = [];
    private readonly List<StaticWord> _words = [];
    private byte[] _text = new byte[MaxTextBytes * 2];
    private int _textBytes;
    private int _copied;

    /// <summary>The template's text.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _textBytes);

    /// <summary>Where in the message the variables are, ascending.</summary>
    public IReadOnlyList<MessageRange> Slots => _slots;

    /// <summary>Words of the text that could turn out to be variables.</summary>
    public IReadOnlyList<StaticWord> Words => _words;

    /// <summary>Whether the last variable of a template is all that was not cut.</summary>
    public static bool EndsInRest(Template template) =>
        template.Text.EndsWith(Template.SlotText) && (template.SlotCount >= MaxSlots - 3 ||
            template.Text.Length >= MaxTextBytes || template.Text.Count((byte)'\n') >= MaxLineEnds);

    /// <summary>Cuts a message; the results hold until the next call.</summary>
    public void Cut(ReadOnlySpan<byte> message)
    {
        _slots.Clear();
        _words.Clear();
        _textBytes = 0;
        _copied = 0;
        int lineEnds = 0;
        for (int position = 0; position < message.Length;)
        {
            if (IsFull(position, lineEnds) && (_slots.Count == 0 || position > _copied))
            {
                AddSlot(message, position, message.Length);
                break;
            }

            byte current = message[position];
            if (!WordScan.IsEnd(current))
            {
                position = CutWord(message, position);
                continue;
            }

            lineEnds += current == '\n' ? 1 : 0;
            position = current switch
            {
                (byte)'"' or (byte)'\'' => CutQuoted(message, position),
                (byte)'=' => CutEmptyValue(message, position),
                _ => position + 1,
            };
        }

        if (message.Length - _copied <= 2 * MaxTextBytes)
        {
            Append(message[_copied..]);
            _copied = message.Length;
        }

        if (_copied < message.Length || !IsPresentable())
        {
            Fall(message);
        }
    }

    /// <summary>Takes the text and words of a template, without a message.</summary>
    public void Recall(Template template)
    {
        _slots.Clear();
        _words.Clear();
        _textBytes = 0;
        for (int piece = 0; piece <= template.SlotCount; piece++)
        {
            ReadOnlySpan<byte> text = template.Piece(piece);
            for (int start = 0, end; start < text.Length; start = end + 1)
            {
                end = WordScan.FindEnd(text, start, text.Length, out WordMarks marks);
                int trimmed = WordRules.TrimEnd(text, start, end);
                bool touchesSlot = (start == 0 && piece > 0) || (end == text.Length && piece < template.SlotCount);
                bool isKey = end < text.Length && text[end] == '=';
                bool hasDigit = (marks & WordMarks.Digit) != 0;
                if (trimmed > start && !hasDigit && !touchesSlot && !isKey && trimmed - start <= MaxWordBytes &&
                    WordScan.IsLetterOrDigit(text[start]))
                {
                    _words.Add(new StaticWord(_textBytes + start, _textBytes + start, trimmed - start));
                }
            }

            Append(text);
            if (piece < template.SlotCount)
            {
                Append(Template.SlotText);
                _slots.Add(new MessageRange(_textBytes - 1, 1));
            }
        }
    }

    /// <summary>Which slot a static word would be.</summary>
    public int SlotBefore(int word)
    {
        int slot = _slots.FindIndex(range => range.Start > _words[word].MessageStart);
        return slot < 0 ? _slots.Count : slot;
    }

    /// <summary>Makes a static word a variable.</summary>
    public void Generalise(int word)
    {
        StaticWord chosen = _words[word];
        int at = chosen.TextStart;
        int longer = Template.SlotText.Length - chosen.Length;
        Reserve(Template.SlotText.Length);
        _text.AsSpan(at + chosen.Length, _textBytes - at - chosen.Length).CopyTo(_text.AsSpan(at + Template.SlotText.Length));
        Template.SlotText.CopyTo(_text.AsSpan(at));
        _textBytes += longer;
        _slots.Insert(SlotBefore(word), new MessageRange(chosen.MessageStart, chosen.Length));
        _words.RemoveAt(word);
        for (int later = word; later < _words.Count; later++)
        {
            _words[later] = _words[later] with { TextStart = _words[later].TextStart + longer };
        }
    }

    private bool IsFull(int position, int lineEnds) =>
        _slots.Count >= MaxSlots - 4 || lineEnds >= MaxLineEnds || _textBytes + (position - _copied) >= MaxTextBytes;

    private int CutWord(ReadOnlySpan<byte> message, int start)
    {
        int end = WordScan.FindEnd(message, start, message.Length, out WordMarks marks);
        if (message[start] == '/' || ((marks & WordMarks.Colon) != 0 && message[start..end].IndexOf("://"u8) > 0))
        {
            end = WordScan.FindPathEnd(message, start, message.Length);
        }

        int trimmed = WordRules.TrimEnd(message, start, end);
        if (trimmed == start)
        {
            return end;
        }

        ReadOnlySpan<byte> word = message[start..trimmed];
        WordCut cut = WordRules.Cut(word, marks, IsValue(message, start));
        if (cut.SlotBytes == 0 && word.Length == 3 && WordRules.IsDateName(message, start, message.Length))
        {
            cut = new WordCut(0, word.Length);
        }

        if (cut.SlotBytes == 0)
        {
            bool isKey = end < message.Length && message[end] == '=';
            if (word.Length <= MaxWordBytes && WordScan.IsLetterOrDigit(word[0]) && !isKey)
            {
                _words.Add(new StaticWord(_textBytes + (start - _copied), start, word.Length));
            }

            return end;
        }

        int slotStart = start + cut.PrefixBytes;
        int slotEnd = slotStart + cut.SlotBytes;
        AddSlot(message, slotStart, slotEnd);
        if (slotEnd + 1 < trimmed && WordScan.IsDigit(message[start]) && message[slotEnd] is (byte)'T' or (byte)'_' or (byte)'-' &&
            WordRules.TimeBytes(message[(slotEnd + 1)..trimmed]) is > 0 and var timeBytes)
        {
            AddSlot(message, slotEnd + 1, slotEnd + 1 + timeBytes);
            slotEnd += 1 + timeBytes;
        }

        CutPort(message, slotEnd, trimmed, isAddress: message[start..slotStart].EndsWith("://"u8));
        return end;
    }

    // What may follow a host: a port, and a path in an address.
    private void CutPort(ReadOnlySpan<byte> message, int start, int end, bool isAddress)
    {
        if (start < end && message[start] == ':')
        {
            int port = start + 1;
            while (port < end && WordScan.IsDigit(message[port]))
            {
                port++;
            }

            if (port > start + 1 && (port == end || isAddress))
            {
                AddSlot(message, start + 1, port);
                start = port;
            }
        }

        if (isAddress && start + 1 < end)
        {
            AddSlot(message, start + 1, end);
        }
    }

    private int CutQuoted(ReadOnlySpan<byte> message, int start)
    {
        byte quote = message[start];
        int inside = start + 1;
        if (quote == '\'' && start > 0 && !WordScan.IsEnd(message[start - 1]) && message[start - 1] != ':')
        {
            return inside;
        }

        int length = QuotedScan.Measure(message, inside, message.Length, quote);
        if (length < 0)
        {
            return inside;
        }

        int end = inside + length + 1;
        bool isKey = quote == '"' && length > 0 && end < message.Length && message[end] == ':';
        if (!isKey || message.Slice(inside, length).ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            AddSlot(message, inside, inside + length);
        }

        return end;
    }

    // "key=" with nothing behind it: a value that is empty.
    private int CutEmptyValue(ReadOnlySpan<byte> message, int start)
    {
        int next = start + 1;
        bool isEmpty = next == message.Length || (WordScan.IsEnd(message[next]) &&
            message[next] is not ((byte)'=' or (byte)'"' or (byte)'\'' or (byte)'[' or (byte)'{' or (byte)'(' or (byte)'<'));
        if (isEmpty && IsValue(message, next))
        {
            AddSlot(message, next, next);
        }

        return next;
    }

    private static bool IsValue(ReadOnlySpan<byte> message, int start) =>
        start > 1 && message[start - 1] == '=' && WordScan.IsLetterOrDigit(message[start - 2]);

    private void AddSlot(ReadOnlySpan<byte> message, int start, int end)
    {
        Append(message[_copied..start]);
        Append(Template.SlotText);
        _slots.Add(new MessageRange(start, end - start));
        _copied = end;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_text.AsSpan(_textBytes));
        _textBytes += text.Length;
    }

    private void Reserve(int bytes)
    {
        if (_text.Length - _textBytes < bytes)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textBytes + bytes));
        }
    }

    // A template is shown to people, and its text must say where the slots are.
    private bool IsPresentable()
    {
        int slots = 0;
        ReadOnlySpan<byte> rest = Text;
        for (int next; (next = rest.IndexOf(Template.SlotText)) >= 0; slots++)
        {
            rest = rest[(next + Template.SlotText.Length)..];
        }

        return slots == _slots.Count && _textBytes <= 2 * MaxTextBytes && Utf8.IsValid(Text) &&
            !Text.ContainsAnyInRange((byte)0, (byte)8) && !Text.ContainsAnyInRange((byte)14, (byte)31);
    }

    private void Fall(ReadOnlySpan<byte> message)
    {
        _slots.Clear();
        _words.Clear();
        _textBytes = 0;
        _copied = message.Length;
        Append(Template.SlotText);
        _slots.Add(new MessageRange(0, message.Length));
    }
}
