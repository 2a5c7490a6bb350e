using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Any value as a dynamic of the same kind; text stays text (it is not parsed).</summary>
internal readonly struct WriteDynamic : IRowOperation<DynamicVectorBuilder>
{
    private readonly ScalarType _type;

    public WriteDynamic(ScalarType type)
    {
        _type = type;
    }

    public void Append(in Row row, DynamicVectorBuilder output)
    {
        DynamicWriter writer = row.Scratch.Writer;
        writer.WriteValue(row[0], row.Index);
        output.Append(writer.Written);
    }
}
