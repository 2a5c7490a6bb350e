namespace Bongsu.Core.Automata;

/// <summary>A pattern as a nondeterministic automaton over code points (Thompson, 1968). Immutable.</summary>
internal sealed class PatternProgram
{
    // Counted repetitions copy what they repeat; beyond this another engine does better.
    private const int MaxInstructions = 4000;

    private readonly List<PatternInstruction> _instructions = [];
    private readonly List<CodePointSet> _sets = [];
    private readonly Dictionary<CodePointSet, int> _setIndexes = [];

    private PatternProgram()
    {
    }

    public IReadOnlyList<PatternInstruction> Instructions => _instructions;

    /// <summary>The distinct sets that instructions test.</summary>
    public IReadOnlyList<CodePointSet> Sets => _sets;

    /// <summary>Where it begins.</summary>
    public int Start { get; private set; }

    /// <summary>The program of a pattern, or null where it would be too large.</summary>
    public static PatternProgram? TryCompile(PatternNode pattern)
    {
        var program = new PatternProgram();
        int found = program.Add(new PatternInstruction(PatternInstructionKind.Found, default, 0, 0, 0));
        program.Start = program.Emit(pattern, found);
        return program._instructions.Count > MaxInstructions ? null : program;
    }

    // The entry of a node that goes on at a place: written back to front, so that places are known.
    private int Emit(PatternNode node, int next)
    {
        if (_instructions.Count > MaxInstructions)
        {
            return next;
        }

        switch (node.Kind)
        {
            case PatternNodeKind.Set:
                return Add(new PatternInstruction(PatternInstructionKind.Take, default, SetIndex(node.Set), next, 0));
            case PatternNodeKind.Assertion:
                return Add(new PatternInstruction(
                    PatternInstructionKind.Assert, node.Assertion, SetIndex(node.Set), next, 0));
            case PatternNodeKind.Sequence:
                for (int child = node.Children.Count - 1; child >= 0; child--)
                {
                    next = Emit(node.Children[child], next);
                }

                return next;
            case PatternNodeKind.Choice:
                int entry = Emit(node.Children[^1], next);
                for (int child = node.Children.Count - 2; child >= 0; child--)
                {
                    entry = Fork(Emit(node.Children[child], next), entry);
                }

                return entry;
            default:
                return EmitRepeat(node, next);
        }
    }

    private int EmitRepeat(PatternNode node, int next)
    {
        PatternNode child = node.Children[0];
        if (node.Max == PatternNode.Unbounded)
        {
            // The fork is written first and pointed into the body afterwards.
            int fork = Fork(next, next);
            int body = Emit(child, fork);
            _instructions[fork] = _instructions[fork] with { Next = body };
            next = fork;
        }

        int end = next;
        for (int copy = node.Min; copy < node.Max && _instructions.Count <= MaxInstructions; copy++)
        {
            next = Fork(Emit(child, next), end);
        }

        for (int copy = 0; copy < node.Min && _instructions.Count <= MaxInstructions; copy++)
        {
            next = Emit(child, next);
        }

        return next;
    }

    private int Fork(int next, int other) =>
        Add(new PatternInstruction(PatternInstructionKind.Fork, default, 0, next, other));

    private int Add(PatternInstruction instruction)
    {
        _instructions.Add(instruction);
        return _instructions.Count - 1;
    }

    private int SetIndex(CodePointSet set)
    {
        if (!_setIndexes.TryGetValue(set, out int index))
        {
            index = _sets.Count;
            _sets.Add(set);
            _setIndexes.Add(set, index);
        }

        return index;
    }
}
