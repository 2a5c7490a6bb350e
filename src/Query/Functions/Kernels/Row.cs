using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>The arguments of one row, for functions whose work per row outweighs the access.</summary>
internal readonly ref struct Row
{
    private readonly ReadOnlySpan<Vector> _arguments;

    public Row(ReadOnlySpan<Vector> arguments, int index, RowScratch scratch)
    {
        _arguments = arguments;
        Index = index;
        Scratch = scratch;
    }

    /// <summary>Position in the batch.</summary>
    public int Index { get; }

    /// <summary>Number of arguments.</summary>
    public int Count => _arguments.Length;

    /// <summary>Working memory, kept from row to row.</summary>
    public RowScratch Scratch { get; }

    public Vector this[int argument] => _arguments[argument];

    public bool IsNull(int argument) => _arguments[argument].IsNull(Index);

    public ReadOnlySpan<byte> Text(int argument) => ((StringVector)_arguments[argument])[Index];

    public long Long(int argument) => ((FixedVector<long>)_arguments[argument])[Index];

    public double Real(int argument) => ((FixedVector<double>)_arguments[argument])[Index];

    public bool Bool(int argument) => ((FixedVector<bool>)_arguments[argument])[Index];

    public Guid Guid(int argument) => ((FixedVector<Guid>)_arguments[argument])[Index];

    public DynamicReader Dynamic(int argument) => ((DynamicVector)_arguments[argument])[Index];
}
