using System.Runtime.InteropServices;

namespace Marketline.Platforms.Crawl.Zstd;

/// <summary><c>ZSTD_inBuffer</c> and <c>ZSTD_outBuffer</c>: the library moves <see cref="Position"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ZstdBuffer
{
    public nint Start;
    public nuint Size;
    public nuint Position;
}
