namespace Bongsu.Server.Demo;

/// <summary>What can go wrong in the demo company.</summary>
[Flags]
internal enum Faults
{
    /// <summary>All is well.</summary>
    None = 0,

    /// <summary>A cache node runs out of memory and drags its callers into timeouts.</summary>
    CacheOutOfMemory = 1,

    /// <summary>The care app's new version throws at every third request.</summary>
    BadDeploy = 2,

    /// <summary>The payments database answers in seconds instead of milliseconds.</summary>
    SlowDatabase = 4,
}
