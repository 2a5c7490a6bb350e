using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>A version of up to four numbers of up to eight digits as one decimal that orders like it; null for anything
/// else.</summary>
/// <remarks>A first number above 79228 does not fit the decimal and gives null.</remarks>
internal sealed class ParseVersion() : RowFunction<FixedVectorBuilder<decimal>, ParseVersion.Operation>(
    "parse_version(version:string) -> decimal")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<decimal>>
    {
        public void Append(in Row row, FixedVectorBuilder<decimal> output)
        {
            ReadOnlySpan<byte> rest = row.Text(0).Trim((byte)' ');
            decimal version = 0;
            bool isValid = !rest.IsEmpty;
            for (int part = 0; part < 4 && isValid; part++)
            {
                int dot = rest.IndexOf((byte)'.');
                ReadOnlySpan<byte> digits = dot < 0 ? rest : rest[..dot];
                long number = 0;
                isValid = rest.IsEmpty || (digits.Length <= 8 && LongParser.TryParse(digits, out number) && number >= 0);
                isValid &= part > 0 || number <= 79228;
                version = isValid ? (version * 100_000_000) + number : 0;
                rest = dot < 0 ? default : rest[(dot + 1)..];
            }

            if (isValid && rest.IsEmpty)
            {
                output.Append(version);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
