using System.Text;
using Bongsu.Core.Text;

namespace Bongsu.Query.Functions.Matching;

/// <summary>The pattern of a call: compiled when bound where it is constant, else once for each that comes
/// by.</summary>
internal struct RegexArgument
{
    private readonly string _wrap;
    private readonly RegexPattern? _constant;
    private RegexPattern? _last;
    private byte[]? _lastText;

    /// <summary>Prepares a call.</summary>
    /// <param name="argument">The pattern's argument.</param>
    /// <param name="argumentIndex">Its place, for errors.</param>
    /// <param name="wrap">See <see cref="RegexPattern.Compile"/>.</param>
    public RegexArgument(ScalarArgument argument, int argumentIndex, string wrap = "{0}")
    {
        _wrap = wrap;
        if (argument.Constant is { } constant)
        {
            try
            {
                _constant = RegexPattern.Compile(Encoding.UTF8.GetBytes(ScalarText.Format(constant)), wrap);
            }
            catch (FunctionException error)
            {
                throw new FunctionException(error.Message, argumentIndex);
            }
        }
    }

    /// <summary>The pattern, where it is the same for all rows; else null.</summary>
    public readonly RegexPattern? Constant => _constant;

    /// <summary>The pattern for a row whose pattern argument has some text.</summary>
    public RegexPattern For(ReadOnlySpan<byte> text)
    {
        if (_constant is not null)
        {
            return _constant;
        }

        if (_last is null || !text.SequenceEqual(_lastText))
        {
            _lastText = text.ToArray();
            _last = RegexPattern.Compile(text, _wrap);
        }

        return _last;
    }
}
