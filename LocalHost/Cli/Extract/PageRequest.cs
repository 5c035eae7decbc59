namespace Marketline.LocalHost.Cli.Extract;

/// <param name="Source">An address or a file.</param>
/// <param name="Url">Where a file was fetched from; null: what the page says.</param>
/// <param name="IsRendered">A browser is to load the address.</param>
internal sealed record PageRequest(string Source, string? Url, bool IsRendered);
