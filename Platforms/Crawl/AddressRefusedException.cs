namespace Marketline.Platforms.Crawl;

/// <summary>A name leads only to addresses that may not be connected to. Never leaves the crawler.</summary>
internal sealed class AddressRefusedException(string message) : IOException(message);
