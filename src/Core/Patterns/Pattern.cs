using System.Text;
using Bongsu.Core.Hashing;

namespace Bongsu.Core.Patterns;

/// <summary>What a person would call the same message: a set of templates under one text.</summary>
/// <param name="Text">The words they have in common, with <c>&lt;*&gt;</c> for what varies; without a header.</param>
public sealed record Pattern(string Text)
{
    /// <summary>64-bit hash of <see cref="Text"/>.</summary>
    public ulong Id { get; } = ByteHash.Compute(Encoding.UTF8.GetBytes(Text), seed: 0);
}
