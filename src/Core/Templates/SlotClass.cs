namespace Bongsu.Core.Templates;

/// <summary>What can stand in a slot, as told by the text before and behind it.</summary>
internal enum SlotClass : byte
{
    /// <summary>A word with a digit in it, or a path.</summary>
    Word,

    /// <summary>The value behind <c>key=</c>: any word, or nothing.</summary>
    Value,

    /// <summary>Anything up to the closing mark.</summary>
    Quoted,

    /// <summary>A number inside a word.</summary>
    Inner,

    /// <summary>What follows <c>://</c>.</summary>
    Host,

    /// <summary>What follows a slash: the rest of an address, or an IP address.</summary>
    Path,
}
