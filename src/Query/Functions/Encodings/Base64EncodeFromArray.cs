using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>An array of bytes as base64; empty where an element is no byte.</summary>
internal sealed class Base64EncodeFromArray() : RowFunction<StringVectorBuilder, Base64EncodeFromArray.Operation>(
    "base64_encode_fromarray(bytes:dynamic) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            DynamicReader array = row.Dynamic(0);
            int count = array.Kind == DynamicKind.Array ? array.Count : 0;
            byte[] bytes = new byte[count];
            for (int index = 0; index < count; index++)
            {
                if (!LongParser.TryConvert(array.ElementAt(index), out long value) || value is < 0 or > 255)
                {
                    output.AppendNull();
                    return;
                }

                bytes[index] = (byte)value;
            }

            Base64Text.Append(bytes, output);
        }
    }
}
