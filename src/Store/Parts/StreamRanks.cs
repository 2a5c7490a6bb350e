using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Numbers the streams (service, host) of some rows in the order of their names, to sort by. One
/// owner.</summary>
/// <remarks>First every vector is added, then <see cref="Freeze"/>, then ranks are asked for with the same vectors or
/// equal ones.</remarks>
internal sealed class StreamRanks
{
    public const string ServiceColumn = "service";
    public const string HostColumn = "host";

    private const int CacheSlots = 4096;

    private readonly Utf8Interner _services = new();
    private readonly Utf8Interner _hosts = new();
    private readonly Dictionary<long, int> _rankByStream = [];

    // Streams seen lately: rows that just came in change their stream nearly every time.
    private readonly long[] _seen = NoneSeen();
    private readonly int[] _seenRanks = new int[CacheSlots];

    /// <summary>Number of streams.</summary>
    public int Count => _rankByStream.Count;

    public void Add(StringVector services, StringVector hosts)
    {
        foreach (long stream in Streams(services, hosts))
        {
            ref long seen = ref _seen[SlotOf(stream)];
            if (stream != seen)
            {
                _rankByStream.TryAdd(stream, 0);
                seen = stream;
            }
        }
    }

    /// <summary>Sorts the streams.</summary>
    public void Freeze()
    {
        Array.Fill(_seen, -1);
        Utf8Values services = _services.Values;
        Utf8Values hosts = _hosts.Values;
        long[] streams = [.. _rankByStream.Keys];
        Array.Sort(streams, (left, right) =>
        {
            int order = services[(int)(left >> 32)].SequenceCompareTo(services[(int)(right >> 32)]);
            return order != 0 ? order : hosts[(int)left].SequenceCompareTo(hosts[(int)right]);
        });
        for (int rank = 0; rank < streams.Length; rank++)
        {
            _rankByStream[streams[rank]] = rank;
        }
    }

    /// <summary>The rank of each row's stream.</summary>
    public void RanksOf(StringVector services, StringVector hosts, Span<int> ranks)
    {
        long[] streams = Streams(services, hosts);
        for (int row = 0; row < streams.Length; row++)
        {
            ranks[row] = RankOf(streams[row]);
        }
    }

    /// <summary>The rows as runs of one stream each.</summary>
    public List<StreamRun> RunsOf(StringVector services, StringVector hosts)
    {
        var runs = new List<StreamRun>();
        long[] streams = Streams(services, hosts);
        for (int row = 0; row < streams.Length;)
        {
            int end = streams.AsSpan(row).IndexOfAnyExcept(streams[row]);
            end = end < 0 ? streams.Length : row + end;
            runs.Add(new StreamRun(RankOf(streams[row]), end));
            row = end;
        }

        return runs;
    }

    private static long[] NoneSeen()
    {
        long[] seen = new long[CacheSlots];
        Array.Fill(seen, -1);
        return seen;
    }

    private static int SlotOf(long stream) => (int)(((stream >> 32) * 31) + stream) & (CacheSlots - 1);

    private int RankOf(long stream)
    {
        int slot = SlotOf(stream);
        if (_seen[slot] != stream)
        {
            (_seen[slot], _seenRanks[slot]) = (stream, _rankByStream[stream]);
        }

        return _seenRanks[slot];
    }

    private long[] Streams(StringVector services, StringVector hosts)
    {
        int[] serviceCodes = Codes(services, _services);
        int[] hostCodes = Codes(hosts, _hosts);
        long[] streams = new long[services.Length];
        for (int row = 0; row < streams.Length; row++)
        {
            streams[row] = ((long)serviceCodes[row] << 32) | (uint)hostCodes[row];
        }

        return streams;
    }

    private static int[] Codes(StringVector vector, Utf8Interner interner)
    {
        int[] codes = new int[vector.Length];
        if (vector.IsConstant)
        {
            Array.Fill(codes, vector.Length == 0 ? 0 : interner.Intern(vector[0]));
            return codes;
        }

        int[] map = new int[vector.Values.Count];
        Array.Fill(map, -1);
        for (int row = 0; row < codes.Length; row++)
        {
            int entry = vector.IsDictionary ? vector.Codes[row] : row;
            if (map[entry] < 0)
            {
                map[entry] = interner.Intern(vector.Values[entry]);
            }

            codes[row] = map[entry];
        }

        return codes;
    }
}
