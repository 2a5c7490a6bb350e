using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Bongsu.Server.Hosting;

/// <summary>Gives Kestrel receive buffers of 64 KiB in place of 4 KiB: reception of large bodies costs a third
/// (docs/decisions).</summary>
internal sealed class BlockPools : IMemoryPoolFactory<byte>
{
    private readonly ConcurrentBag<BlockPool> _pools = [];

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null)
    {
        var pool = new BlockPool();
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Lets all idle blocks go.</summary>
    public void Trim()
    {
        foreach (BlockPool pool in _pools)
        {
            pool.Trim();
        }
    }

    /// <summary>A pool of equal blocks; keeps at most <see cref="MaxIdleBlocks"/>, so a burst's memory is given
    /// back.</summary>
    private sealed class BlockPool : MemoryPool<byte>
    {
        private const int BlockBytes = 64 << 10;
        private const int MaxIdleBlocks = 128;
        private readonly ConcurrentStack<Block> _idle = new();

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            return _idle.TryPop(out Block? block) ? block : new Block(this);
        }

        public void Trim() => _idle.Clear();

        protected override void Dispose(bool disposing) => Trim();

        private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

            public void Dispose()
            {
                if (pool._idle.Count < MaxIdleBlocks)
                {
                    pool._idle.Push(this);
                }
            }
        }
    }
}
