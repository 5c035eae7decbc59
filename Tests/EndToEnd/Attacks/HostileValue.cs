namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>A value that is sent where a name or an id is expected.</summary>
/// <param name="Raw">As it stands in the address.</param>
/// <param name="Plain">What it means, as it stands in a body; null: it only makes sense in an address.</param>
/// <param name="MayVanish">The server takes it out of the path, as it has to with <c>..</c>.</param>
internal sealed record HostileValue(string Name, string Raw, string? Plain = null, bool MayVanish = false)
{
    public static HostileValue Of(string name, string plain) => new(name, Uri.EscapeDataString(plain), plain);

    /// <summary>What of it may come back in an answer that repeats it.</summary>
    public IEnumerable<string> Echoes => [Raw, Uri.UnescapeDataString(Raw), .. Plain is null ? Array.Empty<string>() : [Plain]];
}
