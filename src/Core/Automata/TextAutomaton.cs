using System.Text;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Automata;

/// <summary>Whether a text of UTF-8 holds a pattern anywhere: a deterministic automaton over bytes, made as far as texts
/// lead into it.</summary>
/// <remarks>
/// Thread-safe: steps are read without a lock and made under one. A step is one look-up in a table of 256 entries per
/// state. After Thompson (1968), lazily as in RE2 (Cox, 2010).
/// </remarks>
public sealed class TextAutomaton
{
    /// <summary>The state in which the text does not hold the pattern, whatever follows.</summary>
    public const int Dead = 1;

    /// <summary>The state in which the text holds the pattern, whatever follows.</summary>
    public const int Found = 2;

    /// <summary>The state in which this automaton cannot tell: bytes that are not UTF-8, code points the pattern's
    /// language sees otherwise, too many states.</summary>
    public const int Unknown = 3;

    private const int NotMade = 0;
    private const int FirstLive = 4;

    // 256 two-byte entries each: 2 MiB at most.
    private const int MaxStates = 4096;

    private readonly Lock _gate = new();
    private readonly Alphabet _alphabet;
    private readonly PatternStates _patternStates;
    private readonly Dictionary<(int PatternState, int Node), int> _states = [];
    private readonly List<(int PatternState, int Node)> _places = [];
    private readonly byte[] _ends = new byte[MaxStates];
    private readonly byte[] _prefix;
    private ushort[] _steps = new ushort[16 << 8];

    private TextAutomaton(PatternProgram program, byte[] prefix, bool leavesBeyondBmp)
    {
        _prefix = prefix;
        _alphabet = new Alphabet(program.Sets);
        _patternStates = new PatternStates(program, _alphabet, leavesBeyondBmp);
        for (int state = 0; state < FirstLive; state++)
        {
            _places.Add((-1, -1));
            _ends[state] = (byte)state;
            _steps.AsSpan(state << 8, 256).Fill((ushort)state);
        }

        Start = StateOf(_patternStates.Start, -1);
    }

    /// <summary>The state before the first byte.</summary>
    public int Start { get; }

    /// <summary>The automaton of a pattern, or null where it is too large.</summary>
    /// <param name="pattern">What to look for, anywhere in a text.</param>
    /// <param name="leavesBeyondBmp">True where a set that takes code points beyond the basic plane gives
    /// <see cref="Unknown"/> on meeting one (for languages that see two units in them).</param>
    public static TextAutomaton? TryCreate(PatternNode pattern, bool leavesBeyondBmp = false) =>
        PatternProgram.TryCompile(pattern) is { } program
            ? new TextAutomaton(program, Encoding.UTF8.GetBytes(pattern.Prefix), leavesBeyondBmp)
            : null;

    /// <summary>True in a state that no byte changes.</summary>
    public static bool IsFinal(int state) => state < FirstLive;

    /// <summary>Reads bytes from a state on; stops early where the answer is known.</summary>
    public int Run(int state, ReadOnlySpan<byte> utf8) => state < FirstLive ? state : Read(state, utf8, NotMade, out _);

    /// <summary>What a text says that ends in a state: <see cref="Dead"/>, <see cref="Found"/> or
    /// <see cref="Unknown"/>.</summary>
    public int End(int state) => _ends[state];

    /// <summary>What a whole text says: <see cref="Dead"/>, <see cref="Found"/> or <see cref="Unknown"/>.</summary>
    public int Match(ReadOnlySpan<byte> utf8)
    {
        if (_prefix.Length == 0)
        {
            return _ends[Run(Start, utf8)];
        }

        for (int from = 0; utf8[from..].IndexOf(_prefix) is >= 0 and var index;)
        {
            from += index;
            int state = Read(Start, utf8[from..], Start, out int read);
            if (state != Start)
            {
                return _ends[state];
            }

            from += read;
        }

        return Dead;
    }

    /// <summary>Decides texts by one search over the bytes of all, where every match begins with the same text.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="hits">One per text: set where the pattern is found, else left as it is.</param>
    /// <param name="unknown">Takes the indexes of texts that this automaton cannot decide.</param>
    /// <returns>False, and nothing is done, where matches begin with different texts.</returns>
    public bool TryMark(Utf8Values texts, Span<bool> hits, List<int> unknown)
    {
        if (_prefix.Length == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = texts.Bytes;
        ReadOnlySpan<int> offsets = texts.Offsets;
        int from = offsets[0];
        for (int row = 0; bytes[from..].IndexOf(_prefix) is >= 0 and var index;)
        {
            from += index;
            while (offsets[row + 1] <= from)
            {
                row++;
            }

            // A prefix that goes over the end of its row leaves the start's state no later than there.
            int state = Read(Start, bytes[from..offsets[row + 1]], Start, out int read);
            from += read;
            if (state == Start)
            {
                continue;
            }

            hits[row] |= _ends[state] == Found;
            if (_ends[state] == Unknown)
            {
                unknown.Add(row);
            }

            from = offsets[row + 1];
        }

        return true;
    }

    // Stops at the end, in a final state, or back in a given one.
    private int Read(int state, ReadOnlySpan<byte> utf8, int until, out int read)
    {
        ushort[] steps = Volatile.Read(ref _steps);
        for (int index = 0; index < utf8.Length; index++)
        {
            // States are only ever given out once their row is in the table that is read, or in a later one.
            int entry = (state << 8) | utf8[index];
            int next = entry < steps.Length ? steps[entry] : NotMade;
            if (next < FirstLive)
            {
                if (next == NotMade)
                {
                    next = Make(state, utf8[index]);
                    steps = Volatile.Read(ref _steps);
                }

                if (next < FirstLive)
                {
                    read = index + 1;
                    return next;
                }
            }

            state = next;
            if (state == until)
            {
                read = index + 1;
                return state;
            }
        }

        read = utf8.Length;
        return state;
    }

    private int Make(int state, byte next)
    {
        lock (_gate)
        {
            ref ushort step = ref _steps[(state << 8) | next];
            if (step != NotMade)
            {
                return step;
            }

            (int patternState, int node) = _places[state];
            int read = node < 0 ? _alphabet.Enter(next) : _alphabet.Follow(node, next);
            int target = read switch
            {
                Alphabet.Invalid => Unknown,
                >= 0 => StateOf(patternState, read),
                _ => StateOf(_patternStates.Step(patternState, ~read), -1),
            };

            // The table may have been replaced by a larger one.
            Volatile.Write(ref _steps[(state << 8) | next], (ushort)target);
            return target;
        }
    }

    private int StateOf(int patternState, int node)
    {
        if (patternState < 0)
        {
            return patternState switch
            {
                PatternStates.Found => Found,
                PatternStates.Dead => Dead,
                _ => Unknown,
            };
        }

        if (_states.TryGetValue((patternState, node), out int state))
        {
            return state;
        }

        state = _places.Count;
        if (state == MaxStates)
        {
            return Unknown;
        }

        if (_steps.Length < (state + 1) << 8)
        {
            ushort[] larger = new ushort[_steps.Length * 2];
            _steps.CopyTo(larger, 0);
            Volatile.Write(ref _steps, larger);
        }

        _ends[state] = (byte)(node >= 0 ? Unknown : _patternStates.HoldsAtEnd(patternState) ? Found : Dead);
        _places.Add((patternState, node));
        _states.Add((patternState, node), state);
        return state;
    }
}
