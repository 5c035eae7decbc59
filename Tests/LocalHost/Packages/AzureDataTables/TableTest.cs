using Azure.Data.Tables;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

/// <summary>Gives each test a table of its own on the shared Azurite.</summary>
internal abstract class TableTest
{
    protected TableServiceClient Service { get; private set; } = null!;

    protected TableClient Table { get; private set; } = null!;

    [SetUp]
    public async Task CreateTableAsync()
    {
        Service = new TableServiceClient(await AzuriteFixture.ConnectionStringAsync());
        Table = Service.GetTableClient($"t{Guid.NewGuid():N}");
        await Table.CreateAsync();
    }

    [TearDown]
    public Task DeleteTableAsync() => Table.DeleteAsync();

    protected async Task<List<T>> QueryAsync<T>(string? filter = null)
        where T : class, ITableEntity
    {
        List<T> entities = [];
        await foreach (var entity in Table.QueryAsync<T>(filter))
        {
            entities.Add(entity);
        }

        return entities;
    }
}
