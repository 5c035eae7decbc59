using Azure.Core.Pipeline;
using Marketline.Platforms;

namespace Marketline.Tests.Activities;

/// <summary>What a test wants another way than <see cref="ActivityWorker"/> has it by default.</summary>
internal sealed record WorkerSetup
{
    /// <summary>Null: the emulator that all tests share.</summary>
    public string? ConnectionString { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Settings under the names that they have in the app; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>A platform beside those of the app.</summary>
    public IPlatformConnector? Connector { get; init; }

    /// <summary>The storage clients as the app makes them wait for seconds between their own retries; these do not.</summary>
    public bool HasQuickRetries { get; init; }

    /// <summary>How requests get to the blob service; with <see cref="HasQuickRetries"/> only.</summary>
    public HttpPipelineTransport? BlobTransport { get; init; }
}
