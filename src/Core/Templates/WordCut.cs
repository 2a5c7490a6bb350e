namespace Bongsu.Core.Templates;

/// <summary>Where the first variable of a word is: after so many bytes, so many long. No variable: length 0.</summary>
internal readonly record struct WordCut(int PrefixBytes, int SlotBytes);
