using System.Runtime.CompilerServices;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Vectors;

public sealed class SharedArraysTests
{
    [Fact]
    public void Trim_LetsGoOfReturnedArrays_AndKeepsThoseInUse()
    {
        long[] used = SharedArrays.Rent<long>(1 << 16);
        used[7] = 42;
        WeakReference idle = ReturnOne();
        SharedArrays.Trim();
        GC.Collect();
        Assert.False(idle.IsAlive);
        Assert.Equal(42, used[7]);

        SharedArrays.Return(used);
        Assert.True(SharedArrays.Rent<long>(1 << 16).Length >= 1 << 16);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ReturnOne()
    {
        long[] array = SharedArrays.Rent<long>(1 << 20);
        SharedArrays.Return(array);
        return new WeakReference(array);
    }
}
