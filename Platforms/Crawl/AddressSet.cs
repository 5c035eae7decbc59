using Marketline.Core.Naming;

namespace Marketline.Platforms.Crawl;

/// <summary>Addresses seen, by 128 bits of their digests: the memory that it holds is that of its first ones, beyond them it is a file.</summary>
internal sealed class AddressSet : IDisposable
{
    internal const int MaxHeldCount = 50_000;

    private HashSet<UInt128>? _held = [];
    private DigestFile? _file;

    /// <returns>False when it was there already.</returns>
    public bool Add(string address)
    {
        var digest = Digest.NumberOf(address);
        if (_held?.Count < MaxHeldCount)
        {
            return _held.Add(digest);
        }

        return (_file ??= ToFile()).Add(digest);
    }

    public void Dispose() => _file?.Dispose();

    private DigestFile ToFile()
    {
        var file = new DigestFile(4 * MaxHeldCount);
        foreach (var digest in _held!)
        {
            file.Add(digest);
        }

        _held = null;
        return file;
    }
}
