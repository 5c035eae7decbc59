using Microsoft.Win32.SafeHandles;

namespace Marketline.Platforms.Crawl.Zstd;

/// <summary>A <c>ZSTD_DStream</c>.</summary>
internal sealed class ZstdDecoder() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => ZstdLibrary.IsError(ZstdLibrary.Free(handle)) == 0;
}
