using System.Numerics;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// About how many distinct 64-bit hashes were added: an exact set while they are few, then a HyperLogLog.
/// </summary>
/// <remarks>
/// Flajolet, Fusy, Gandouet, Meunier: "HyperLogLog", AofA 2007; estimated by the improved raw estimator of Ertl,
/// "New cardinality estimation algorithms for HyperLogLog sketches", arXiv:1702.01284, section 2, which needs no
/// correction tables.
/// </remarks>
internal sealed class DistinctSketch
{
    private readonly int _indexBits;

    // Open addressing, 0 = free (the hash 0 is kept as 1), until as large as the registers would be.
    private ulong[]? _set = new ulong[8];
    private int _setCount;
    private byte[]? _registers;
    private long _growth = 64;

    public DistinctSketch(int indexBits)
    {
        _indexBits = indexBits;
    }

    /// <summary>Adds a hash; true where the sketch may have grown.</summary>
    public bool Add(ulong hash)
    {
        if (_registers is null)
        {
            return AddToSet(hash == 0 ? 1 : hash);
        }

        AddToRegisters(_registers, hash);
        return false;
    }

    /// <summary>Bytes of memory taken since the last call.</summary>
    public long TakeGrowth()
    {
        long growth = _growth;
        _growth = 0;
        return growth;
    }

    /// <summary>Adds all of another sketch of as many index bits.</summary>
    public void Merge(DistinctSketch other)
    {
        if (other._registers is null)
        {
            foreach (ulong hash in other._set!)
            {
                if (hash != 0)
                {
                    Add(hash);
                }
            }

            return;
        }

        byte[] registers = ToRegisters();
        for (int register = 0; register < registers.Length; register++)
        {
            registers[register] = Math.Max(registers[register], other._registers[register]);
        }
    }

    /// <summary>The number, exact while there is a set.</summary>
    public long Estimate()
    {
        if (_registers is null)
        {
            return _setCount;
        }

        int registerCount = _registers.Length;
        int maxRank = 64 - _indexBits + 1;
        int[] histogram = new int[maxRank + 1];
        foreach (byte rank in _registers)
        {
            histogram[rank]++;
        }

        double sum = registerCount * Tau(1 - ((double)histogram[maxRank] / registerCount));
        for (int rank = maxRank - 1; rank >= 1; rank--)
        {
            sum = 0.5 * (sum + histogram[rank]);
        }

        sum += registerCount * Sigma((double)histogram[0] / registerCount);
        return (long)Math.Round(registerCount / (2 * Math.Log(2)) * registerCount / sum);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_registers is null);
        if (_registers is not null)
        {
            writer.Write(_registers);
            return;
        }

        writer.Write7BitEncodedInt(_setCount);
        foreach (ulong hash in _set!)
        {
            if (hash != 0)
            {
                writer.Write(hash);
            }
        }
    }

    public void Read(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
        {
            VectorCodec.ReadSpan(reader, ToRegisters().AsSpan());
            return;
        }

        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            Add(reader.ReadUInt64());
        }
    }

    private static double Sigma(double share)
    {
        if (share == 1)
        {
            return double.PositiveInfinity;
        }

        double weight = 1;
        double sum = share;
        for (double last = -1; last != sum; weight += weight)
        {
            share *= share;
            last = sum;
            sum += share * weight;
        }

        return sum;
    }

    private static double Tau(double share)
    {
        if (share is 0 or 1)
        {
            return 0;
        }

        double weight = 1;
        double sum = 1 - share;
        for (double last = -1; last != sum;)
        {
            share = Math.Sqrt(share);
            last = sum;
            weight *= 0.5;
            sum -= (1 - share) * (1 - share) * weight;
        }

        return sum / 3;
    }

    private bool AddToSet(ulong hash)
    {
        ulong[] set = _set!;
        int mask = set.Length - 1;
        int at = (int)hash & mask;
        for (; set[at] != 0; at = (at + 1) & mask)
        {
            if (set[at] == hash)
            {
                return false;
            }
        }

        set[at] = hash;
        _setCount++;
        if (2 * _setCount <= set.Length)
        {
            return false;
        }

        if (16L * set.Length > 1L << _indexBits)
        {
            ToRegisters();
        }
        else
        {
            GrowSet(set);
        }

        return true;
    }

    private void GrowSet(ulong[] old)
    {
        _set = new ulong[old.Length * 2];
        _growth += 8L * old.Length;
        int mask = _set.Length - 1;
        foreach (ulong hash in old)
        {
            if (hash == 0)
            {
                continue;
            }

            int at = (int)hash & mask;
            while (_set[at] != 0)
            {
                at = (at + 1) & mask;
            }

            _set[at] = hash;
        }
    }

    private byte[] ToRegisters()
    {
        if (_registers is not null)
        {
            return _registers;
        }

        byte[] registers = new byte[1 << _indexBits];
        foreach (ulong hash in _set!)
        {
            if (hash != 0)
            {
                AddToRegisters(registers, hash);
            }
        }

        _growth += registers.Length - (8L * _set.Length);
        _set = null;
        return _registers = registers;
    }

    private void AddToRegisters(byte[] registers, ulong hash)
    {
        int index = (int)(hash >> (64 - _indexBits));
        byte rank = (byte)(Math.Min(BitOperations.LeadingZeroCount(hash << _indexBits), 64 - _indexBits) + 1);
        if (rank > registers[index])
        {
            registers[index] = rank;
        }
    }
}
