namespace Bongsu.Store.Terms;

/// <summary>Takes what <see cref="TermScanner"/> finds: to fill a filter, or to ask one.</summary>
internal interface ITermSink
{
    /// <summary>A whole run of letters and digits, folded; the text has a separator (or its end) on both sides. Comes
    /// after the run's trigrams and bigrams.</summary>
    /// <param name="hash">Hash of the folded term.</param>
    /// <param name="shape">What it is made of.</param>
    /// <param name="touchesStart">The run begins where the text begins.</param>
    /// <param name="touchesEnd">The run ends where the text ends.</param>
    void Term(ulong hash, TermShape shape, bool touchesStart, bool touchesEnd);

    /// <summary>Three ASCII letters or digits in a row, folded, as a number below 36³.</summary>
    void Trigram(int index);

    /// <summary>Two other letters or digits (Hangul, for instance) in a row, folded.</summary>
    void Bigram(ulong hash);
}
