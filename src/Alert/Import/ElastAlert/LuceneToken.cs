namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>What a piece of a Lucene query is.</summary>
internal enum LuceneTokenKind
{
    /// <summary>A word, perhaps with wildcards.</summary>
    Word,

    /// <summary>A text in quotes.</summary>
    Phrase,

    /// <summary>An expression between slashes.</summary>
    Regex,

    /// <summary>A bracket, colon, operator: its text says which.</summary>
    Sign,

    /// <summary>The end.</summary>
    End,
}

/// <summary>A piece of a Lucene query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Without quotes and escapes; AND, OR and NOT by these words however they were written.</param>
/// <param name="Pattern">Of a word with wildcards its texts, with null for <c>*</c> and empty for <c>?</c>; else
/// null.</param>
/// <param name="IsAfterBlank">True where a blank stands before it.</param>
internal sealed record LuceneToken(LuceneTokenKind Kind, string Text, IReadOnlyList<string?>? Pattern, bool IsAfterBlank);
