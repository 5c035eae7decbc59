using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Marketline.Tests.Storage;

public sealed class AzuriteProcessTests
{
    [Test]
    public async Task StopTables_ThenStart_BlobsGoOnAndTablesComeBack()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        var table = Tables(azurite);
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        azurite.StopTables();
        await blobs.CreateBlobContainerAsync("container");
        Assert.That(() => table.GetEntityAsync<TableEntity>("p", "r"), Throws.TypeOf<RequestFailedException>());
        azurite.StartTables();

        Assert.That((await table.GetEntityAsync<TableEntity>("p", "r")).Value.RowKey, Is.EqualTo("r"));
    }

    [Test]
    public async Task RestartAsync_DataOnDisk_IsThereAgainAtTheSameAddress()
    {
        await using var azurite = await AzuriteProcess.StartAsync(onDisk: true);
        var address = azurite.ConnectionString;
        var table = Tables(azurite);
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        await azurite.StopAsync();
        Assert.That(() => table.GetEntityAsync<TableEntity>("p", "r"), Throws.TypeOf<RequestFailedException>());
        await azurite.RestartAsync();

        Assert.That(azurite.ConnectionString, Is.EqualTo(address));
        Assert.That((await table.GetEntityAsync<TableEntity>("p", "r")).Value.RowKey, Is.EqualTo("r"));
    }

    private static TableClient Tables(AzuriteProcess azurite)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        return new TableClient(azurite.ConnectionString, "table", options);
    }
}
