using System.Runtime.InteropServices;

namespace Bongsu.Core.Automata;

/// <summary>The deterministic states of a pattern over classes of code points, made as they are reached.</summary>
/// <remarks>
/// A state is the set of instructions that wait for the next code point: takes, and assertions that ask what follows. All
/// that asks only what stands before is decided when the state is made. Not thread-safe.
/// </remarks>
internal sealed class PatternStates
{
    /// <summary>The pattern cannot be found any more.</summary>
    public const int Dead = -1;

    /// <summary>The pattern is found.</summary>
    public const int Found = -2;

    /// <summary>Not decided here.</summary>
    public const int Unknown = -3;

    private const int AtStart = -1;
    private const int AtEnd = -2;
    private const int NotKnown = -3;

    private readonly PatternProgram _program;
    private readonly Alphabet _alphabet;
    private readonly bool _leavesBeyondBmp;
    private readonly List<State> _states = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<int> _waiting = [];
    private readonly List<int> _targets = [];
    private readonly Stack<int> _pending = new();
    private readonly HashSet<int> _visited = [];
    private readonly int[] _alike;
    private readonly bool _mayHoldInsidePairs;
    private bool _isFound;

    public PatternStates(PatternProgram program, Alphabet alphabet, bool leavesBeyondBmp)
    {
        _program = program;
        _alphabet = alphabet;
        _leavesBeyondBmp = leavesBeyondBmp;
        _alike = FindAlike();
        _mayHoldInsidePairs = leavesBeyondBmp &&
            program.Instructions.Any(instruction => instruction.Assertion == PatternAssertion.NotBoundary);
        Start = StateAfter(AtStart);
    }

    /// <summary>The state before the first code point.</summary>
    public int Start { get; }

    /// <summary>The state after one more code point.</summary>
    public int Step(int state, int codeClass)
    {
        Collect(_states[state], codeClass);
        if (_isFound)
        {
            return Found;
        }

        _targets.Clear();
        bool isBeyondBmp = _leavesBeyondBmp && _alphabet.IsBeyondBmp(codeClass);
        if (isBeyondBmp && _mayHoldInsidePairs)
        {
            return Unknown;
        }

        foreach (int place in _waiting)
        {
            PatternInstruction instruction = _program.Instructions[place];
            if (instruction.Kind == PatternInstructionKind.Take && _alphabet.IsIn(codeClass, instruction.Set))
            {
                if (isBeyondBmp)
                {
                    return Unknown;
                }

                _targets.Add(instruction.Next);
            }
        }

        return StateAfter(codeClass);
    }

    /// <summary>Whether the pattern is found if the text ends in a state.</summary>
    public bool HoldsAtEnd(int state)
    {
        Collect(_states[state], AtEnd);
        return _isFound;
    }

    // The state of the targets, and of a new attempt, with a class before them.
    private int StateAfter(int before)
    {
        _waiting.Clear();
        _visited.Clear();
        _isFound = false;
        Follow(_program.Start, before, NotKnown);
        foreach (int target in _targets)
        {
            Follow(target, before, NotKnown);
        }

        if (_isFound)
        {
            return Found;
        }

        return _waiting.Count == 0 && before != AtStart && IsNeverTriedAgain() ? Dead : Intern(before);
    }

    // True where the pattern can only begin at the text's beginning. Leaves nothing behind: no instruction waits.
    private bool IsNeverTriedAgain()
    {
        for (int codeClass = 0; codeClass < _alphabet.ClassCount; codeClass++)
        {
            _visited.Clear();
            Follow(_program.Start, codeClass, NotKnown);
            if (_waiting.Count > 0 || _isFound)
            {
                _waiting.Clear();
                _isFound = false;
                return false;
            }
        }

        return true;
    }

    private int Intern(int before)
    {
        _waiting.Sort();
        bool asksMore = _waiting.Exists(place => _program.Instructions[place].Kind == PatternInstructionKind.Assert);

        // What stands before matters only to assertions still open.
        int kept = !asksMore ? 0 : before == AtStart ? AtStart : _alike[before];
        _waiting.Add(kept);
        string key = new(MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(_waiting)));
        _waiting.RemoveAt(_waiting.Count - 1);
        if (!_indexes.TryGetValue(key, out int index))
        {
            index = _states.Count;
            _states.Add(new State([.. _waiting], kept));
            _indexes.Add(key, index);
        }

        return index;
    }

    // The takes reached from a state once it is known what follows.
    private void Collect(State state, int next)
    {
        _waiting.Clear();
        _visited.Clear();
        _isFound = false;
        foreach (int place in state.Places)
        {
            Follow(place, state.Before, next);
        }
    }

    private void Follow(int start, int before, int next)
    {
        _pending.Push(start);
        while (_pending.TryPop(out int place))
        {
            if (!_visited.Add(place))
            {
                continue;
            }

            PatternInstruction instruction = _program.Instructions[place];
            switch (instruction.Kind)
            {
                case PatternInstructionKind.Found:
                    _isFound = true;
                    break;
                case PatternInstructionKind.Take:
                    _waiting.Add(place);
                    break;
                case PatternInstructionKind.Fork:
                    _pending.Push(instruction.Other);
                    _pending.Push(instruction.Next);
                    break;
                default:
                    bool? holds = Holds(instruction, before, next);
                    if (holds is null)
                    {
                        _waiting.Add(place);
                    }
                    else if (holds.Value)
                    {
                        _pending.Push(instruction.Next);
                    }

                    break;
            }
        }
    }

    // For each class the first one that no assertion tells from it.
    private int[] FindAlike()
    {
        int[] sets = [.. _program.Instructions
            .Where(instruction => instruction.Kind == PatternInstructionKind.Assert)
            .Select(instruction => instruction.Set)
            .Distinct()];
        int[] alike = new int[_alphabet.ClassCount];
        for (int codeClass = 0; codeClass < alike.Length; codeClass++)
        {
            while (!Array.TrueForAll(
                sets, set => _alphabet.IsIn(codeClass, set) == _alphabet.IsIn(alike[codeClass], set)))
            {
                alike[codeClass]++;
            }
        }

        return alike;
    }

    // Null where it depends on what follows, and that is not known.
    private bool? Holds(PatternInstruction instruction, int before, int next)
    {
        bool isAfter = before >= 0 && _alphabet.IsIn(before, instruction.Set);
        bool isBefore = next >= 0 && _alphabet.IsIn(next, instruction.Set);
        switch (instruction.Assertion)
        {
            case PatternAssertion.StartOrAfter:
                return before == AtStart || isAfter;
            case PatternAssertion.NotAfter:
                return !isAfter;
            case PatternAssertion.EndOrBefore:
                return next == NotKnown ? null : next == AtEnd || isBefore;
            case PatternAssertion.NotBefore:
                return next == NotKnown ? null : !isBefore;
            case PatternAssertion.Boundary:
                return next == NotKnown ? null : isAfter != isBefore;
            default:
                return next == NotKnown ? null : isAfter == isBefore;
        }
    }

    /// <summary>One state.</summary>
    /// <param name="Places">Instructions that wait, ascending.</param>
    /// <param name="Before">The class before, where any of them asks; else 0.</param>
    private sealed record State(int[] Places, int Before);
}
