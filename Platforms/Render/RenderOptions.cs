using System.ComponentModel.DataAnnotations;

namespace Marketline.Platforms.Render;

/// <summary>The browser for sites that need one.</summary>
public sealed class RenderOptions
{
    public const string SectionName = "Render";

    /// <summary>Off: every page is taken as it was sent; a plan that asks for a browser gets an error for each page.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Chromium or Chrome on this machine; empty looks in the usual places. With a Playwright server elsewhere, on that one.</summary>
    public string ExecutablePath { get; set; } = "";

    /// <summary>
    /// A browser elsewhere: <c>ws://</c> of a Playwright server, or <c>http://</c> (<c>ws://…/devtools/browser/…</c>) of a browser's
    /// DevTools protocol. It needs <see cref="ProxyAddress"/> unless it runs on this machine.
    /// </summary>
    [RegularExpression("^$|^(wss?|https?)://.+$", ErrorMessage = "Render:Endpoint must be a ws:// or http:// address.")]
    public string Endpoint { get; set; } = "";

    /// <summary>The guarding proxy beside the browser elsewhere (<c>marketline render-proxy</c>), as that browser reaches it.</summary>
    [RegularExpression("^$|^http://[^/]+$", ErrorMessage = "Render:ProxyAddress must be http:// with a host and a port.")]
    public string ProxyAddress { get; set; } = "";

    /// <summary>Secret, shared with that proxy: base64 of at least 32 bytes.</summary>
    public string ProxySecret { get; set; } = "";

    /// <summary>Chromium's own sandbox. Root can not have it, and it needs user namespaces, which containers may forbid.</summary>
    public bool Sandbox { get; set; } = true;

    /// <summary>Pages that a worker renders at a time.</summary>
    [Range(1, 16)]
    public int MaxConcurrency { get; set; } = 2;

    /// <summary>One page, from the empty context to its HTML.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a page that was read may go on loading before it is taken as it is.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan SettleTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A new browser after so many pages.</summary>
    [Range(1, 100_000)]
    public int PagesPerBrowser { get; set; } = 200;

    /// <summary>A browser on this machine with all its processes; above it, it is ended and its pages fail.</summary>
    [Range(256, 65_536)]
    public int MaxBrowserMegabytes { get; set; } = 1_536;

    /// <summary>The heap of one page's scripts; above it the page crashes.</summary>
    [Range(32, 4_096)]
    public int MaxHeapMegabytes { get; set; } = 256;

    /// <summary>What a page may load, all its parts together.</summary>
    [Range(64 * 1_024, 1_073_741_824)]
    public long MaxPageBytes { get; set; } = 25 * 1_048_576;

    [Range(1, 1_000)]
    public int MaxConnectionsPerPage { get; set; } = 48;

    /// <summary>Requests of a page, all its parts together; what is beyond them is not loaded.</summary>
    [Range(1, 10_000)]
    public int MaxRequestsPerPage { get; set; } = 250;
}
