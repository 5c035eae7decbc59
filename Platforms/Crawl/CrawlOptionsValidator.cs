using Marketline.Core.Crawl;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>What attributes can not say: the allow-list's entries, and settings that contradict each other.</summary>
internal sealed class CrawlOptionsValidator : IValidateOptions<CrawlOptions>
{
    public ValidateOptionsResult Validate(string? name, CrawlOptions options)
    {
        var failures = options
            // JSON's null makes an entry that is null, whatever the list's type says.
            .AllowedPrivateAddresses.Where(text => text is null || !AllowedNetwork.TryParse(text, out _))
            .Select(text => $"Crawl:AllowedPrivateAddresses: '{text}' is no network such as 127.0.0.0/8 or 127.0.0.1:8080.")
            .ToList();
        failures.AddRange(
            options
                .Proxies.Where(proxy => !Uri.TryCreate(proxy.Value, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
                .Select(proxy => $"Crawl:Proxies:{proxy.Key}: an address such as http://proxy.example:3128 is expected.")
        );
        if (options.DelayFloor > options.DelayCeiling)
        {
            failures.Add("Crawl:DelayFloor is above Crawl:DelayCeiling.");
        }

        if (options.FirstByteTimeout > options.FetchTimeout)
        {
            failures.Add("Crawl:FirstByteTimeout is longer than Crawl:FetchTimeout.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
