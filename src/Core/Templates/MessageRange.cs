namespace Bongsu.Core.Templates;

/// <summary>Some bytes of a message.</summary>
internal readonly record struct MessageRange(int Start, int Length);
