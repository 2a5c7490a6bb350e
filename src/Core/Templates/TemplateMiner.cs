using System.Collections.Concurrent;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Templates;

/// <summary>Finds the templates of a stream of messages as they come: one miner per table. Any number of threads.</summary>
/// <remarks>
/// A message that a known template fits is read in one walk over a tree of templates, without a lock. Only others are
/// cut by rule (<see cref="MessageTokenizer"/>), and may teach that a word varies (<see cref="TemplateLearner"/>): later
/// messages then get the more general template. Rules: docs/formats/templates.md.
/// </remarks>
public sealed class TemplateMiner
{
    /// <summary>Templates of one miner, if not said otherwise.</summary>
    public const int DefaultMaxTemplates = 4096;

    private readonly Lock _gate = new();
    private readonly int _maxTemplates;
    private readonly List<MinedTemplate> _mined = [];
    private readonly Dictionary<ulong, MinedTemplate> _byId = [];
    private readonly MessageTokenizer _tokenizer = new();
    private readonly TemplateLearner _learner = new();
    private readonly List<int> _superseded = [];
    private readonly ConcurrentBag<SplitWorkspace> _workspaces = [];
    private readonly MinedTemplate _any;
    private TemplateTree _tree = new([]);
    private bool _isTreeOld;
    private int _missCount;

    /// <summary>A miner that knows nothing yet.</summary>
    /// <param name="maxTemplates">Messages that would need more have the template <see cref="Template.Any"/>.</param>
    public TemplateMiner(int maxTemplates = DefaultMaxTemplates)
    {
        _maxTemplates = maxTemplates;
        _any = Add(Template.Any);
    }

    /// <summary>All templates so far, in the order of their discovery; a copy.</summary>
    public IReadOnlyList<Template> Known
    {
        get
        {
            lock (_gate)
            {
                return [.. _mined.Select(mined => mined.Template)];
            }
        }
    }

    /// <summary>Takes up a template of an earlier run. Known ones are left as they are.</summary>
    public void Learn(Template template)
    {
        lock (_gate)
        {
            if (_byId.ContainsKey(template.Id) || _mined.Count > _maxTemplates)
            {
                return;
            }

            MinedTemplate mined = Add(template);
            foreach (int variant in _learner.VariantsOf(template.Id))
            {
                mined.AnyWord |= 1UL << SlotOf(template, _mined[variant].Template);
                _mined[variant].IsSuperseded = true;
            }

            _tokenizer.Recall(template);
            _learner.Add(_tokenizer, mined.Ordinal);
            _isTreeOld = true;
        }
    }

    /// <summary>Gives each message its template and variables.</summary>
    public TemplateText Split(StringVector messages)
    {
        if (messages.IsDictionary || messages.IsConstant)
        {
            var plain = new StringVectorBuilder();
            plain.AppendRange(messages, 0, messages.Length);
            messages = (StringVector)plain.Build();
        }

        return Split(messages.Values);
    }

    /// <summary>Gives each message its template and variables.</summary>
    public TemplateText Split(Utf8Values messages)
    {
        SplitWorkspace workspace = _workspaces.TryTake(out SplitWorkspace? idle) ? idle : new SplitWorkspace();
        Span<SlotValue> values = workspace.Values;
        int[] codes = GC.AllocateUninitializedArray<int>(messages.Count);
        ReadOnlySpan<byte> bytes = messages.Bytes;
        ReadOnlySpan<int> offsets = messages.Offsets;
        TemplateTree tree = CurrentTree();
        for (int row = 0; row < codes.Length; row++)
        {
            MinedTemplate? mined = tree.Match(bytes, offsets[row], offsets[row + 1], values);
            if (mined is null)
            {
                mined = Mine(bytes[offsets[row]..offsets[row + 1]], offsets[row], values);
                tree = Volatile.Read(ref _tree);
            }

            codes[row] = workspace.AddRow(mined, bytes);
        }

        TemplateText text = workspace.Build(codes, bytes);
        if (workspace.IsModest && _workspaces.Count < Environment.ProcessorCount)
        {
            _workspaces.Add(workspace);
        }

        return text;
    }

    private TemplateTree CurrentTree()
    {
        if (Volatile.Read(ref _isTreeOld))
        {
            lock (_gate)
            {
                Replant();
            }
        }

        return Volatile.Read(ref _tree);
    }

    // Cuts a message that no template of the tree fits.
    private MinedTemplate Mine(ReadOnlySpan<byte> message, int start, Span<SlotValue> values)
    {
        lock (_gate)
        {
            _tokenizer.Cut(message);
            ulong id = Template.IdOf(_tokenizer.Text);
            if (!_byId.TryGetValue(id, out MinedTemplate? mined) || mined.IsSuperseded)
            {
                mined = Discover();
            }

            if (mined == _any)
            {
                values[0] = SlotValue.OfText(start, message.Length);
                return mined;
            }

            for (int slot = 0; slot < _tokenizer.Slots.Count; slot++)
            {
                MessageRange range = _tokenizer.Slots[slot];
                values[slot] = SlotNode.Classify(message.Slice(range.Start, range.Length), start + range.Start);
            }

            // A tree costs as much as its templates: it is made anew when as many messages have missed it.
            if (++_missCount > _mined.Count / 8)
            {
                Replant();
            }

            return mined;
        }
    }

    private MinedTemplate Discover()
    {
        _superseded.Clear();
        ulong anyWord = _learner.Generalise(_tokenizer, TakesAnyWord, _superseded);
        foreach (int ordinal in _superseded)
        {
            _mined[ordinal].IsSuperseded = true;
        }

        if (!_byId.TryGetValue(Template.IdOf(_tokenizer.Text), out MinedTemplate? mined))
        {
            if (_mined.Count > _maxTemplates)
            {
                return _any;
            }

            mined = Add(Template.Parse(_tokenizer.Text));
            _learner.Add(_tokenizer, mined.Ordinal);
            _isTreeOld = true;
        }

        _isTreeOld |= (anyWord & ~mined.AnyWord) != 0;
        mined.AnyWord |= anyWord;
        return mined;
    }

    private bool TakesAnyWord(ulong id, int slot) =>
        _byId.TryGetValue(id, out MinedTemplate? mined) && (mined.AnyWord >> slot & 1) != 0;

    // The slot of a general template where one that it covers has a word.
    private static int SlotOf(Template general, Template variant)
    {
        int common = general.Text.CommonPrefixLength(variant.Text);
        return general.Text[..common].Count(Template.SlotText);
    }

    private MinedTemplate Add(Template template)
    {
        var mined = new MinedTemplate(template, _mined.Count);
        _mined.Add(mined);
        _byId.Add(template.Id, mined);
        return mined;
    }

    private void Replant()
    {
        _missCount = 0;
        if (_isTreeOld)
        {
            Volatile.Write(ref _tree, new TemplateTree(_mined.Where(mined => !mined.IsSuperseded)));
            Volatile.Write(ref _isTreeOld, false);
        }
    }
}
