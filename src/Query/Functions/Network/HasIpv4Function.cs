using System.Buffers;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Network;

/// <summary>
/// Whether a text holds one of some IPv4 addresses, or an address with one of some prefixes, delimited by what is no
/// letter or digit.
/// </summary>
internal abstract class HasIpv4Function : SignedFunction
{
    private static readonly SearchValues<byte> s_addressBytes = SearchValues.Create("0123456789."u8);

    private readonly bool _isPrefix;

    protected HasIpv4Function(string signature, bool isPrefix)
        : base(signature)
    {
        _isPrefix = isPrefix;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<bool>, Operation>(new Operation(_isPrefix), ScalarType.Bool, TextLists.CheckTypes(Name, types));

    private readonly struct Operation(bool isPrefix) : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            bool isFound = false;
            for (int argument = 1; argument < row.Count && !isFound; argument++)
            {
                int count = TextLists.Count(row, argument);
                for (int index = 0; index < count && !isFound; index++)
                {
                    isFound = Holds(row.Text(0), TextLists.Item(row, argument, index));
                }
            }

            output.Append(isFound);
        }

        private bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted)
        {
            bool endsOpen = isPrefix && wanted.EndsWith("."u8);
            if (wanted.IsEmpty || (!endsOpen && !IsAddress(wanted)))
            {
                return false;
            }

            for (int from = 0; text[from..].IndexOf(wanted) is >= 0 and var found; from += found + 1)
            {
                int start = from + found;
                int length = text[start..].IndexOfAnyExcept(s_addressBytes);
                int end = length < 0 ? text.Length : start + length;
                while (!endsOpen && end > start && text[end - 1] == '.')
                {
                    end--;
                }

                if (Terms.IsStart(text, start) && Terms.IsEnd(text, end) && IsAddress(text[start..end].TrimEnd((byte)'.'))
                    && (endsOpen || end - start == wanted.Length))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsAddress(ReadOnlySpan<byte> text) => !text.Contains((byte)'/') && Ipv4.TryParse(text, out _);
    }
}
