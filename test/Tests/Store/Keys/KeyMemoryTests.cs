using Bongsu.Store;
using Bongsu.Store.Keys;

namespace Bongsu.Tests.Store.Keys;

public sealed class KeyMemoryTests
{
    [Fact]
    public void Commit_MoreThanTheLimit_ForgetsTheOldestAndSaysSo()
    {
        var notices = new List<StoreNotice>();
        var memory = new KeyMemory(TimeSpan.FromHours(24), 1000, notices.Add);
        for (int key = 1; key <= 5000; key++)
        {
            memory.Commit([new RememberedKey((UInt128)key, key, key)]);
            Assert.InRange(memory.Count, 1, 1000);
        }

        Assert.NotEmpty(notices);
        Assert.Equal(5000, memory.Reserve(5000, [], Task.CompletedTask).KnownSequence);
        Assert.Null(memory.Reserve(1, [], Task.CompletedTask).KnownSequence);
    }

    [Fact]
    public void Forget_AfterTheTime_ForgetsAndNotBefore()
    {
        var memory = new KeyMemory(TimeSpan.FromHours(24), 1000, null);
        memory.Commit([new RememberedKey(7, 1, 0)]);
        memory.Forget(TimeSpan.FromHours(24).Ticks);
        Assert.Equal(1, memory.Count);
        memory.Forget(TimeSpan.FromHours(33).Ticks);
        Assert.Equal(0, memory.Count);
    }
}
