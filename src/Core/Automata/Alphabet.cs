namespace Bongsu.Core.Automata;

/// <summary>
/// Code points in as few classes as some sets tell apart, and the steps that read a class from UTF-8 byte by byte.
/// </summary>
/// <remarks>
/// A place inside a code point's bytes is a node: the range of code points still possible. Ranges that lie in one class
/// share a node, so there are few. Not thread-safe.
/// </remarks>
internal sealed class Alphabet
{
    /// <summary>Returned for bytes that are not UTF-8.</summary>
    public const int Invalid = int.MinValue;

    private const int FirstSurrogate = 0xD800;
    private const int SurrogateEnd = 0xE000;
    private const int FirstBeyondBmp = 0x10000;

    private readonly int[] _starts;
    private readonly int[] _classes;
    private readonly bool[] _members;
    private readonly int _setCount;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<Node, int> _nodeIndexes = [];

    /// <summary>Divides all code points by some sets; those beyond the basic plane are always apart.</summary>
    public Alphabet(IReadOnlyList<CodePointSet> sets)
    {
        _setCount = sets.Count;
        var bounds = new List<int> { 0, FirstBeyondBmp };
        foreach (CodePointSet set in sets)
        {
            bounds.AddRange(set.Bounds);
        }

        bounds.Sort();
        int[] starts = [.. bounds.Distinct().Where(bound => bound < CodePointSet.Limit)];
        bool[][] members = [.. sets.Select(set => Members(set, starts))];
        int[] classes = Divide(starts, members);
        ClassCount = classes.Max() + 1;
        _members = new bool[ClassCount * _setCount];
        var kept = new List<int>();
        for (int segment = 0; segment < starts.Length; segment++)
        {
            // Neighbours of one class become one segment.
            if (segment > 0 && classes[segment] == classes[segment - 1])
            {
                continue;
            }

            kept.Add(segment);
            for (int set = 0; set < _setCount; set++)
            {
                _members[(classes[segment] * _setCount) + set] = members[set][segment];
            }
        }

        _starts = [.. kept.Select(segment => starts[segment])];
        _classes = [.. kept.Select(segment => classes[segment])];
    }

    /// <summary>Number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>Whether the code points of a class are in a set.</summary>
    public bool IsIn(int codeClass, int set) => _members[(codeClass * _setCount) + set];

    /// <summary>True where the code points of a class are beyond the basic plane.</summary>
    public bool IsBeyondBmp(int codeClass) => _classes.AsSpan(SegmentOf(FirstBeyondBmp)).Contains(codeClass);

    /// <summary>Reads the first byte of a code point.</summary>
    /// <returns>A node (≥ 0), the complement of a class, or <see cref="Invalid"/>.</returns>
    public int Enter(byte lead) => lead switch
    {
        < 0x80 => ~_classes[SegmentOf(lead)],
        >= 0xC2 and < 0xE0 => NodeOf((lead & 0x1F) << 6, 1),
        >= 0xE0 and < 0xF0 => NodeOf((lead & 0x0F) << 12, 2),
        >= 0xF0 and < 0xF5 => NodeOf((lead & 0x07) << 18, 3),
        _ => Invalid,
    };

    /// <summary>Reads a following byte.</summary>
    /// <returns>As <see cref="Enter"/>.</returns>
    public int Follow(int node, byte next)
    {
        if ((next & 0xC0) != 0x80)
        {
            return Invalid;
        }

        (int low, int depth) = _nodes[node];
        depth--;
        if (low < 0)
        {
            return depth == 0 ? low : Share(new Node(low, depth));
        }

        low += (next & 0x3F) << (6 * depth);
        bool isOverlong = (depth == 1 && low < 0x800) || (depth == 2 && low < FirstBeyondBmp);
        bool isSurrogate = low is >= FirstSurrogate and < SurrogateEnd;
        if (isOverlong || isSurrogate || low >= CodePointSet.Limit)
        {
            return Invalid;
        }

        return depth == 0 ? ~_classes[SegmentOf(low)] : NodeOf(low, depth);
    }

    // Segments that no set tells apart get one class.
    private static int[] Divide(int[] starts, bool[][] members)
    {
        int[] classes = new int[starts.Length];
        classes.AsSpan(Array.IndexOf(starts, FirstBeyondBmp)).Fill(1);
        int count = 2;
        foreach (bool[] isIn in members)
        {
            // By old class and membership the new class, 0 being none yet.
            int[] divided = new int[count * 2];
            count = 0;
            for (int segment = 0; segment < classes.Length; segment++)
            {
                ref int divide = ref divided[(classes[segment] * 2) + (isIn[segment] ? 1 : 0)];
                divide = divide == 0 ? ++count : divide;
                classes[segment] = divide - 1;
            }
        }

        return classes;
    }

    // Both ascend, and every bound of the set is a start or the limit.
    private static bool[] Members(CodePointSet set, int[] starts)
    {
        bool[] members = new bool[starts.Length];
        ReadOnlySpan<int> bounds = set.Bounds;
        int passed = 0;
        for (int segment = 0; segment < starts.Length; segment++)
        {
            passed += passed < bounds.Length && bounds[passed] == starts[segment] ? 1 : 0;
            members[segment] = (passed & 1) == 1;
        }

        return members;
    }

    private int SegmentOf(int codePoint)
    {
        int index = Array.BinarySearch(_starts, codePoint);
        return index >= 0 ? index : ~index - 1;
    }

    private int NodeOf(int low, int depth)
    {
        int last = low + (1 << (6 * depth)) - 1;
        bool isWholeRange = depth switch
        {
            1 => true,
            2 => low != 0 && (last < FirstSurrogate || low >= SurrogateEnd),
            _ => false,
        };
        int segment = SegmentOf(low);
        return isWholeRange && segment == SegmentOf(last)
            ? Share(new Node(~_classes[segment], depth))
            : Share(new Node(low, depth));
    }

    private int Share(Node node)
    {
        if (!_nodeIndexes.TryGetValue(node, out int index))
        {
            index = _nodes.Count;
            _nodes.Add(node);
            _nodeIndexes.Add(node, index);
        }

        return index;
    }

    /// <summary>A place inside a code point.</summary>
    /// <param name="Low">The least code point possible; or the complement of the class that all are in.</param>
    /// <param name="Depth">Bytes to come.</param>
    private readonly record struct Node(int Low, int Depth);
}
