using System.Runtime.InteropServices;

namespace Marketline.Platforms.Crawl.Zstd;

/// <summary>
/// The part of libzstd's C API (<see href="https://facebook.github.io/zstd/zstd_manual.html">zstd manual</see>, stable since 1.4.0) that
/// reading takes. Debian's package manager needs the library, so its images have it; elsewhere zstd is not offered to sites.
/// </summary>
internal static partial class ZstdLibrary
{
    private const string Name = "libzstd.so.1";

    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Name, out _);

    [LibraryImport(Name, EntryPoint = "ZSTD_createDStream")]
    public static partial ZstdDecoder CreateDecoder();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeDStream")]
    public static partial nuint Free(nint decoder);

    [LibraryImport(Name, EntryPoint = "ZSTD_DCtx_setParameter")]
    public static partial nuint SetParameter(ZstdDecoder decoder, int parameter, int value);

    /// <returns>0 when a frame is decoded and flushed, an error, or a guess of how much input is missing.</returns>
    [LibraryImport(Name, EntryPoint = "ZSTD_decompressStream")]
    public static partial nuint Decompress(ZstdDecoder decoder, ref ZstdBuffer output, ref ZstdBuffer input);

    [LibraryImport(Name, EntryPoint = "ZSTD_isError")]
    public static partial uint IsError(nuint result);

    /// <summary>A constant text of the library.</summary>
    public static string ErrorText(nuint result) => Marshal.PtrToStringUTF8(ErrorName(result)) ?? "";

    [LibraryImport(Name, EntryPoint = "ZSTD_getErrorName")]
    private static partial nint ErrorName(nuint result);
}
