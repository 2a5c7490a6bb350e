namespace Bongsu.Core.Templates;

/// <summary>A word of a message that is in its template's text, too.</summary>
internal readonly record struct StaticWord(int TextStart, int MessageStart, int Length);
