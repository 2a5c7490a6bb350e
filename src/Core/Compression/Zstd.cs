using System.Reflection;
using System.Runtime.InteropServices;
using Bongsu.Core.Encodings;

namespace Bongsu.Core.Compression;

/// <summary>Zstandard (RFC 8878) by the system's libzstd. The only file that calls it.</summary>
/// <remarks>One compression and one decompression context per thread, kept for the thread's life.</remarks>
public static unsafe partial class Zstd
{
    private const string Library = "zstd";
    private const int CompressionLevel = 100; // ZSTD_c_compressionLevel
    private const int WindowLogMax = 100; // ZSTD_d_windowLogMax
    private const int MaxWindowLog = 23;

    // A run-length block makes 128 KiB of 4 bytes: nothing that is well-formed inflates more than this.
    private const long MaxRatio = 32768 + 1;

    private static readonly string[] s_names =
        ["libzstd.so.1", "libzstd.so", "libzstd.1.dylib", "libzstd.dylib", "libzstd.dll", "zstd.dll"];

    [ThreadStatic]
    private static Contexts? s_contexts;

    static Zstd()
    {
        NativeLibrary.SetDllImportResolver(typeof(Zstd).Assembly, Resolve);
    }

    /// <summary>Tries the library; call it at start.</summary>
    /// <exception cref="DllNotFoundException">libzstd is not installed; the message says what to do.</exception>
    public static string Probe()
    {
        try
        {
            uint version = ZSTD_versionNumber();
            return $"{version / 10000}.{version / 100 % 100}.{version % 100}";
        }
        catch (DllNotFoundException exception)
        {
            throw new DllNotFoundException(
                "libzstd is not installed: install the package libzstd1 (Debian, Ubuntu), libzstd (Fedora, Alpine), zstd (Homebrew), " +
                $"or put libzstd.dll beside the program (Windows); tried {string.Join(", ", s_names)}",
                exception);
        }
    }

    /// <summary>Most bytes that compressing so many can give.</summary>
    public static int MaxCompressedBytes(int sizeBytes) => checked((int)ZSTD_compressBound((nuint)sizeBytes));

    /// <summary>Whether so many compressed bytes can hold so many; ask before allocating by a number that was
    /// read.</summary>
    public static bool CanHold(long compressedBytes, long sizeBytes) => sizeBytes <= (compressedBytes + 1) * MaxRatio;

    /// <summary>Compresses into one frame; returns bytes written.</summary>
    /// <param name="source">Any bytes.</param>
    /// <param name="destination">At least <see cref="MaxCompressedBytes"/>.</param>
    /// <param name="level">1 (fast) to 19 (dense).</param>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> destination, int level)
    {
        Contexts contexts = s_contexts ??= new Contexts();
        fixed (byte* from = source, to = destination)
        {
            Check(ZSTD_CCtx_setParameter(contexts.Compression, CompressionLevel, level));
            return (int)Check(ZSTD_compress2(contexts.Compression, to, (nuint)destination.Length, from, (nuint)source.Length));
        }
    }

    /// <summary>Decompresses frames that must fill <paramref name="destination"/> exactly.</summary>
    /// <exception cref="CorruptDataException">They do not, or are damaged.</exception>
    public static void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Contexts contexts = s_contexts ??= new Contexts();
        byte none;
        fixed (byte* from = source, to = destination)
        {
            // An empty span gives a null pointer, which libzstd refuses.
            byte* target = to is null ? &none : to;
            nuint written = ZSTD_decompressDCtx(contexts.Decompression, target, (nuint)destination.Length, from, (nuint)source.Length);
            if (ZSTD_isError(written) != 0)
            {
                throw new CorruptDataException($"zstd: {ErrorName(written)}");
            }

            if ((int)written != destination.Length)
            {
                throw new CorruptDataException($"zstd: {written} bytes, expected {destination.Length}");
            }
        }
    }

    /// <summary>A context that decompresses a stream, with at most 8 MiB of window: what RFC 8878 section 3.1.1.1.2
    /// asks of every decoder.</summary>
    internal static nint CreateDecompressor()
    {
        nint context = ZSTD_createDCtx();
        Check(ZSTD_DCtx_setParameter(context, WindowLogMax, MaxWindowLog));
        return context;
    }

    /// <summary>Gives back what <see cref="CreateDecompressor"/> made.</summary>
    internal static void FreeDecompressor(nint context) => ZSTD_freeDCtx(context);

    /// <summary>Decompresses as much as there is input or room for.</summary>
    /// <param name="context">From <see cref="CreateDecompressor"/>.</param>
    /// <param name="source">The next compressed bytes.</param>
    /// <param name="destination">Room for decompressed bytes.</param>
    /// <param name="consumed">Bytes taken of the source.</param>
    /// <param name="written">Bytes written.</param>
    /// <returns>Whether a frame has ended exactly here.</returns>
    /// <exception cref="InvalidDataException">The bytes are no Zstandard, or need a larger window.</exception>
    internal static bool DecompressNext(
        nint context, ReadOnlySpan<byte> source, Span<byte> destination, out int consumed, out int written)
    {
        fixed (byte* from = source, to = destination)
        {
            var input = new StreamBuffer { Bytes = from, Size = (nuint)source.Length };
            var output = new StreamBuffer { Bytes = to, Size = (nuint)destination.Length };
            nuint hint = ZSTD_decompressStream(context, &output, &input);
            if (ZSTD_isError(hint) != 0)
            {
                throw new InvalidDataException($"zstd: {ErrorName(hint)}");
            }

            consumed = (int)input.Position;
            written = (int)output.Position;
            return hint == 0;
        }
    }

    /// <summary>A context that compresses a stream.</summary>
    internal static nint CreateCompressor(int level)
    {
        nint context = ZSTD_createCCtx();
        Check(ZSTD_CCtx_setParameter(context, CompressionLevel, level));
        return context;
    }

    /// <summary>Gives back what <see cref="CreateCompressor"/> made.</summary>
    internal static void FreeCompressor(nint context) => ZSTD_freeCCtx(context);

    /// <summary>Compresses as much as there is input or room for.</summary>
    /// <param name="context">From <see cref="CreateCompressor"/>.</param>
    /// <param name="source">The next bytes.</param>
    /// <param name="destination">Room for compressed bytes.</param>
    /// <param name="step">Whether to go on, to flush what is held back, or to end the frame.</param>
    /// <param name="consumed">Bytes taken of the source.</param>
    /// <param name="written">Bytes written.</param>
    /// <returns>Whether everything asked for is done.</returns>
    internal static bool CompressNext(
        nint context, ReadOnlySpan<byte> source, Span<byte> destination, ZstdStep step, out int consumed, out int written)
    {
        fixed (byte* from = source, to = destination)
        {
            var input = new StreamBuffer { Bytes = from, Size = (nuint)source.Length };
            var output = new StreamBuffer { Bytes = to, Size = (nuint)destination.Length };
            nuint left = Check(ZSTD_compressStream2(context, &output, &input, (int)step));
            consumed = (int)input.Position;
            written = (int)output.Position;
            return step == ZstdStep.Continue ? consumed == source.Length : left == 0;
        }
    }

    private static nuint Check(nuint result) =>
        ZSTD_isError(result) == 0 ? result : throw new InvalidOperationException($"zstd: {ErrorName(result)}");

    private static string ErrorName(nuint result) => Marshal.PtrToStringUTF8(ZSTD_getErrorName(result)) ?? "unknown error";

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return 0;
        }

        foreach (string candidate in s_names)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, searchPath, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }

    [LibraryImport(Library)]
    private static partial uint ZSTD_versionNumber();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_compressBound(nuint size);

    [LibraryImport(Library)]
    private static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    private static partial nint ZSTD_createDCtx();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_CCtx_setParameter(nint context, int parameter, int value);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_compress2(nint context, byte* to, nuint capacity, byte* from, nuint size);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_decompressDCtx(nint context, byte* to, nuint capacity, byte* from, nuint size);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_DCtx_setParameter(nint context, int parameter, int value);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_decompressStream(nint context, StreamBuffer* output, StreamBuffer* input);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_compressStream2(nint context, StreamBuffer* output, StreamBuffer* input, int step);

    [LibraryImport(Library)]
    private static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    private static partial nint ZSTD_getErrorName(nuint code);

    // ZSTD_inBuffer and ZSTD_outBuffer.
    private struct StreamBuffer
    {
        public byte* Bytes;
        public nuint Size;
        public nuint Position;
    }

    // Freed by the finalizer when the thread is gone.
    private sealed class Contexts
    {
        public readonly nint Compression = ZSTD_createCCtx();
        public readonly nint Decompression = ZSTD_createDCtx();

        ~Contexts()
        {
            _ = ZSTD_freeCCtx(Compression);
            _ = ZSTD_freeDCtx(Decompression);
        }
    }
}
