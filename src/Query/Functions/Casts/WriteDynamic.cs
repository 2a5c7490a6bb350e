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

    /// <summary>Writes one argument of any type.</summary>
    public static void Write(Vector source, int row, DynamicWriter writer)
    {
        if (source.IsNull(row))
        {
            writer.WriteNull();
            return;
        }

        switch (source.Type)
        {
            case ScalarType.Bool:
                writer.WriteBool(((FixedVector<bool>)source)[row]);
                break;
            case ScalarType.Int:
                writer.WriteLong(((FixedVector<int>)source)[row]);
                break;
            case ScalarType.Long:
                writer.WriteLong(((FixedVector<long>)source)[row]);
                break;
            case ScalarType.Real:
                writer.WriteReal(((FixedVector<double>)source)[row]);
                break;
            case ScalarType.Decimal:
                writer.WriteDecimal(((FixedVector<decimal>)source)[row]);
                break;
            case ScalarType.DateTime:
                writer.WriteDateTime(((FixedVector<long>)source)[row]);
                break;
            case ScalarType.TimeSpan:
                writer.WriteTimeSpan(((FixedVector<long>)source)[row]);
                break;
            case ScalarType.Guid:
                writer.WriteGuid(((FixedVector<Guid>)source)[row]);
                break;
            case ScalarType.String:
                writer.WriteString(((StringVector)source)[row]);
                break;
            default:
                writer.WriteValue(((DynamicVector)source)[row]);
                break;
        }
    }

    public void Append(in Row row, DynamicVectorBuilder output)
    {
        DynamicWriter writer = row.Scratch.Writer;
        Write(row[0], row.Index, writer);
        output.Append(writer.Written);
    }
}
