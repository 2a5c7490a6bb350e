using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>Several tests joined by and, or by or.</summary>
internal sealed class CombinedTest : BlockTest
{
    private readonly BlockTest[] _tests;
    private readonly bool _isAny;

    public CombinedTest(BlockTest[] tests, bool isAny)
    {
        _tests = tests;
        _isAny = isAny;
    }

    public override bool MayMatch(BlockSummary block)
    {
        foreach (BlockTest test in _tests)
        {
            if (test.MayMatch(block) == _isAny)
            {
                return _isAny;
            }
        }

        return !_isAny;
    }
}
