using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Render;

/// <summary>What attributes can not say: a browser elsewhere has to have a guarding proxy that it can reach.</summary>
internal sealed class RenderOptionsValidator : IValidateOptions<RenderOptions>
{
    private const int MinSecretBytes = 32;

    public ValidateOptionsResult Validate(string? name, RenderOptions options)
    {
        var failures = new List<string>();
        if (options.ProxyAddress.Length > 0 && Secret(options) is null)
        {
            failures.Add($"Render:ProxySecret has to be base64 of at least {MinSecretBytes} bytes, the same as that of the proxy at Render:ProxyAddress.");
        }

        if (options.Endpoint.Length > 0 && options.ProxyAddress.Length == 0 && !IsLoopback(options.Endpoint))
        {
            failures.Add("Render:Endpoint is another machine: Render:ProxyAddress and Render:ProxySecret have to name a guarding proxy that it can reach (docs/rendering.md).");
        }

        if (options.SettleTimeout > options.Timeout)
        {
            failures.Add("Render:SettleTimeout is longer than Render:Timeout.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <returns>Null when there is no good one.</returns>
    public static byte[]? Secret(RenderOptions options)
    {
        var bytes = new byte[options.ProxySecret.Length];
        return Convert.TryFromBase64String(options.ProxySecret, bytes, out var length) && length >= MinSecretBytes ? bytes[..length] : null;
    }

    private static bool IsLoopback(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.IsLoopback;
}
