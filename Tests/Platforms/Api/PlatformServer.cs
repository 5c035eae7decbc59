using System.Collections.Concurrent;

namespace Marketline.Tests.Platforms.Api;

/// <summary>A platform's API as its documentation describes it, on a real socket: whoever does not keep to that is refused.</summary>
internal abstract class PlatformServer : IAsyncDisposable
{
    public LoopbackApi Api { get; private set; } = null!;

    /// <summary>Answers that come before any other, in turn, to those who prove who they are.</summary>
    public ConcurrentQueue<ApiReply> First { get; } = new();

    public virtual ValueTask DisposeAsync() => Api.DisposeAsync();

    protected static async Task<T> StartAsync<T>(T server)
        where T : PlatformServer
    {
        server.Api = await LoopbackApi.StartAsync(call => server.Refuse(call) ?? (server.First.TryDequeue(out var first) ? first : server.Answer(call)));
        return server;
    }

    /// <returns>What they are told who do not prove who they are, or are to wait; and those who ask for a token. Null for all others.</returns>
    protected abstract ApiReply? Refuse(ApiCallSeen call);

    protected abstract ApiReply Answer(ApiCallSeen call);
}
