using Marketline.Core.Crawl;

namespace Marketline.Platforms.Api;

/// <summary>A request to a platform's API, on its way to be signed.</summary>
public sealed class ApiRequest(string method, Uri address)
{
    public string Method { get; } = method;

    /// <summary>Some signatures stand in the query.</summary>
    public Uri Address { get; set; } = address;

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public string? Body { get; set; }

    public string ContentType { get; set; } = "application/json";

    /// <summary>The call as it was planned, before anything proves who asks.</summary>
    internal static ApiRequest Of(ApiCall call, Uri address)
    {
        var request = new ApiRequest(call.Method, address) { Body = call.Body, ContentType = call.ContentType };
        foreach (var (name, value) in call.Headers)
        {
            request.Headers[name] = value;
        }

        return request;
    }
}
