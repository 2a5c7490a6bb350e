namespace Bongsu.Core.Templates;

/// <summary>Notices where templates differ in one word only, too often for the word to be part of the message. One
/// owner.</summary>
/// <remarks>After Drain (He et al., ICWS 2017), without its trees: each static word of a template is tried as a slot, and
/// templates that then read alike are counted.</remarks>
internal sealed class TemplateLearner
{
    // So many words in one place are still words of the program: event kinds, tables, states. Where one place varies
    // already, the next is believed sooner.
    private const int MinVariants = 12;
    private const int MinVariantsOfLearned = 5;

    // A message that would be all variable says nothing.
    private const int MinStaticLetters = 3;

    private readonly Dictionary<ulong, List<int>> _variants = [];
    private byte[] _text = new byte[2 * MessageTokenizer.MaxTextBytes];

    /// <summary>Makes words of a message variables, as far as is known by now.</summary>
    /// <param name="cut">A message's text; changed.</param>
    /// <param name="isKnown">Whether a template of this id exists, in whose slot any word fits.</param>
    /// <param name="superseded">Takes the ordinals of templates that the new text covers.</param>
    /// <returns>Bit by slot: any word fits there.</returns>
    public ulong Generalise(MessageTokenizer cut, Func<ulong, int, bool> isKnown, List<int> superseded)
    {
        ulong anyWord = 0;
        while (FindVariable(cut, isKnown, anyWord != 0, superseded) is >= 0 and var word)
        {
            int slot = cut.SlotBefore(word);
            ulong below = (1UL << slot) - 1;
            anyWord = (anyWord & below) | (1UL << slot) | ((anyWord & ~below) << 1);
            cut.Generalise(word);
        }

        return anyWord;
    }

    /// <summary>The templates that differ from the one of this id in a word only.</summary>
    public IReadOnlyList<int> VariantsOf(ulong id) => _variants.GetValueOrDefault(id) ?? [];

    /// <summary>Takes up a new template.</summary>
    public void Add(MessageTokenizer cut, int ordinal)
    {
        for (int word = 0; word < cut.Words.Count; word++)
        {
            if (!TryWiden(cut, word, out ulong id))
            {
                continue;
            }

            if (!_variants.TryGetValue(id, out List<int>? ordinals))
            {
                ordinals = [];
                _variants.Add(id, ordinals);
            }

            ordinals.Add(ordinal);
        }
    }

    private int FindVariable(MessageTokenizer cut, Func<ulong, int, bool> isKnown, bool isLearned, List<int> superseded)
    {
        int best = -1;
        List<int>? bestOrdinals = null;
        for (int word = 0; word < cut.Words.Count; word++)
        {
            if (!TryWiden(cut, word, out ulong id))
            {
                continue;
            }

            if (isKnown(id, cut.SlotBefore(word)))
            {
                return word;
            }

            if (_variants.TryGetValue(id, out List<int>? ordinals) &&
                ordinals.Count >= (isLearned ? MinVariantsOfLearned : MinVariants) - 1 &&
                ordinals.Count > (bestOrdinals?.Count ?? 0))
            {
                best = word;
                bestOrdinals = ordinals;
            }
        }

        superseded.AddRange(bestOrdinals ?? []);
        return best;
    }

    private bool TryWiden(MessageTokenizer cut, int word, out ulong id)
    {
        StaticWord chosen = cut.Words[word];
        ReadOnlySpan<byte> text = cut.Text;
        int letters = 0;
        for (int other = 0; other < cut.Words.Count; other++)
        {
            letters += other == word ? 0 : cut.Words[other].Length;
        }

        if (letters < MinStaticLetters || cut.Slots.Count >= MessageTokenizer.MaxSlots - 1)
        {
            id = 0;
            return false;
        }

        int tail = chosen.TextStart + chosen.Length;
        int length = text.Length + Template.SlotText.Length - chosen.Length;
        _text = _text.Length < length ? new byte[length] : _text;
        text[..chosen.TextStart].CopyTo(_text);
        Template.SlotText.CopyTo(_text.AsSpan(chosen.TextStart));
        text[tail..].CopyTo(_text.AsSpan(chosen.TextStart + Template.SlotText.Length));
        id = Template.IdOf(_text.AsSpan(0, length));
        return true;
    }
}
