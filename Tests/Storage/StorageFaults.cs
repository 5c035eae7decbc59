using Azure.Core.Pipeline;

namespace Marketline.Tests.Storage;

/// <summary>Stands between a storage client and the service: a test answers some requests itself, or lets them fail.</summary>
internal sealed class StorageFaults : DelegatingHandler
{
    private readonly Func<HttpRequestMessage, Task<HttpResponseMessage?>> _answer;

    /// <param name="answer">Called for every attempt; null lets the service answer.</param>
    public StorageFaults(Func<HttpRequestMessage, Task<HttpResponseMessage?>> answer)
        : base(new SocketsHttpHandler()) => _answer = answer;

    public HttpPipelineTransport Transport => new HttpClientTransport(this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await _answer(request).WaitAsync(cancellationToken) ?? await base.SendAsync(request, cancellationToken);
}
