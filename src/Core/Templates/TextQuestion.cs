namespace Bongsu.Core.Templates;

/// <summary>A question about a text, in UTF-8.</summary>
public delegate bool TextQuestion(ReadOnlySpan<byte> utf8);
