namespace Bongsu.LogBench.Generation;

/// <summary>What stands in a slot of a message.</summary>
internal enum SlotKind
{
    /// <summary>The row's HTTP method.</summary>
    Method,

    /// <summary>The row's path, with a number for <c>{id}</c>.</summary>
    Path,

    /// <summary>The row's status.</summary>
    Status,

    /// <summary>The row's duration in ms, or so many percent of it.</summary>
    Duration,

    /// <summary>The row's user.</summary>
    User,

    /// <summary>The row's client address.</summary>
    Ip,

    /// <summary>The row's service.</summary>
    Self,

    /// <summary>A number that grows with the rows.</summary>
    Offset,

    /// <summary>Any address.</summary>
    AnyIp,

    /// <summary>So many random hexadecimal digits.</summary>
    Hex,

    /// <summary>A number below the argument.</summary>
    Below,

    /// <summary>Hundredths below the argument.</summary>
    Amount,

    /// <summary>A word of a list.</summary>
    Pick,
}
