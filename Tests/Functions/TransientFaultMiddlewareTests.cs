using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Marketline.Core.Faults;
using Marketline.Functions;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Functions;

public sealed class TransientFaultMiddlewareTests
{
    [TestCase(0)]
    [TestCase(408)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public void Invoke_StorageIsInTrouble_IsTransient(int status)
    {
        var failure = new RequestFailedException(status, "Server busy.\nRequestId: 1\nHeaders: secret");

        Assert.That(
            () => InvokeAsync(failure),
            Throws.TypeOf<TransientStepException>()
                .With.Message.EqualTo("Storage does not answer as it should: Server busy.")
                .And.InnerException.SameAs(failure)
        );
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(409)]
    [TestCase(412)]
    public void Invoke_StorageSaysNo_StaysWhatItIs(int status)
    {
        var failure = new RequestFailedException(status, "No.");

        Assert.That(() => InvokeAsync(failure), Throws.Exception.SameAs(failure));
    }

    [Test]
    public void Invoke_EveryAttemptInTrouble_IsTransient()
    {
        var failure = new AggregateException(new RequestFailedException("refused"), new TaskCanceledException("no answer in time"));

        Assert.That(() => InvokeAsync(failure), Throws.TypeOf<TransientStepException>().With.Message.Contains("refused"));
    }

    [Test]
    public void Invoke_SomethingElseAmongTheAttempts_StaysWhatItIs()
    {
        var failure = new AggregateException(new RequestFailedException("refused"), new InvalidOperationException("a bug"));

        Assert.That(() => InvokeAsync(failure), Throws.Exception.SameAs(failure));
    }

    [Test]
    public void Invoke_ABug_StaysWhatItIs()
    {
        var failure = new InvalidOperationException("a bug");

        Assert.That(() => InvokeAsync(failure), Throws.Exception.SameAs(failure));
    }

    [Test]
    public void Invoke_HostStops_IsNotTransient()
    {
        var stopping = new CancellationToken(canceled: true);

        Assert.That(() => InvokeAsync(() => Task.FromCanceled(stopping), stopping), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Invoke_NothingWrong_PassesOn() => Assert.That(() => InvokeAsync(() => Task.CompletedTask), Throws.Nothing);

    [TestCase(0)]
    [TestCase(2)]
    public void Invoke_BlobServiceIsSilent_IsTransient(int retries)
    {
        var options = Impatient(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02), retries);
        var client = new BlobServiceClient("UseDevelopmentStorage=true", options);

        Assert.That(() => InvokeAsync(() => client.GetPropertiesAsync()), Throws.TypeOf<TransientStepException>());
    }

    [TestCase(0)]
    [TestCase(2)]
    public void Invoke_TableServiceIsSilent_IsTransient(int retries)
    {
        var options = Impatient(new TableClientOptions(), retries);
        var client = new TableServiceClient("UseDevelopmentStorage=true", options).GetTableClient("t");

        Assert.That(() => InvokeAsync(() => client.CreateIfNotExistsAsync()), Throws.TypeOf<TransientStepException>());
    }

    private static Task InvokeAsync(Exception failure) => InvokeAsync(() => throw failure);

    private static Task InvokeAsync(Func<Task> function, CancellationToken cancellationToken = default) =>
        new TransientFaultMiddleware().Invoke(new BareFunctionContext(cancellationToken: cancellationToken), _ => function());

    private static TOptions Impatient<TOptions>(TOptions options, int retries)
        where TOptions : ClientOptions
    {
        options.Transport = new StorageFaults(_ => new TaskCompletionSource<HttpResponseMessage?>().Task).Transport;
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(50);
        return options;
    }
}
