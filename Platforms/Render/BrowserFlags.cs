using System.Globalization;

namespace Marketline.Platforms.Render;

/// <summary>
/// How Chromium is started beyond what Playwright does by itself
/// (https://peter.sh/experiments/chromium-command-line-switches/). Nothing may reach the network but through the proxy: not
/// loopback (which browsers spare by default), no QUIC and no WebRTC of its own, no name resolved by the browser.
/// </summary>
internal static class BrowserFlags
{
    public static IReadOnlyList<string> For(RenderOptions options) =>
        [
            "--proxy-bypass-list=<-loopback>",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--dns-prefetch-disable",
            "--disable-quic",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-domain-reliability",
            "--disable-sync",
            "--no-pings",
            "--no-first-run",
            "--disable-gpu",
            "--disable-extensions",
            "--disable-dev-shm-usage",
            "--blink-settings=imagesEnabled=false",
            string.Create(CultureInfo.InvariantCulture, $"--js-flags=--max-old-space-size={options.MaxHeapMegabytes}"),
        ];
}
