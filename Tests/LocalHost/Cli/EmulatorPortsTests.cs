using Marketline.LocalHost.Cli;
using Marketline.LocalHost.Cli.Processes;

namespace Marketline.Tests.LocalHost.Cli;

public sealed class EmulatorPortsTests
{
    private const string Account = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;";

    [TestCase("UseDevelopmentStorage=true")]
    [TestCase("usedevelopmentstorage=true; ")]
    public void Of_DevelopmentStorage_AreTheEmulatorsOwn(string connection) =>
        Assert.That(EmulatorPorts.Of(connection).All, Is.EqualTo(new[] { 10000, 10001, 10002 }));

    [Test]
    public void Of_EndpointsOnThisMachine_AreTheirs()
    {
        var endpoints = "BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://localhost:2/a;TableEndpoint=http://[::1]:3/a";

        var ports = EmulatorPorts.Of(Account + endpoints);

        Assert.That(ports, Is.EqualTo(new EmulatorPorts(1, 2, 3)));
    }

    [TestCase("")]
    [TestCase("no connection string")]
    [TestCase(Account + "EndpointSuffix=core.windows.net")]
    [TestCase(Account + "BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:3/a")]
    [TestCase(Account + "BlobEndpoint=https://shop.blob.core.windows.net;QueueEndpoint=http://127.0.0.1:2/a;TableEndpoint=http://127.0.0.1:3/a")]
    public void Of_AnythingElse_SaysWhatToWrite(string connection)
    {
        var error = Assert.Throws<CliException>(() => EmulatorPorts.Of(connection));

        Assert.That(error!.Message, Does.Contain("Storage__ConnectionString").And.Contain("UseDevelopmentStorage=true").And.Not.Contain("c2VjcmV0"));
    }
}
