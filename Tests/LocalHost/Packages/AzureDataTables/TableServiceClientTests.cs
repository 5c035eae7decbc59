using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

internal sealed class TableServiceClientTests : TableTest
{
    [Test]
    public async Task CreateTableIfNotExistsAsync_Existing_IsASuccess()
    {
        var response = await Service.CreateTableIfNotExistsAsync(Table.Name);

        Assert.That((response.GetRawResponse().Status, response.Value.Name), Is.EqualTo((409, Table.Name)));
    }

    [Test]
    public void CreateTableAsync_Existing_Is409()
    {
        Assert.That(
            () => Service.CreateTableAsync(Table.Name),
            Throws.TypeOf<RequestFailedException>().With.Property("ErrorCode").EqualTo(TableErrorCode.TableAlreadyExists.ToString()));
    }

    [Test]
    public void CreateIfNotExistsAsync_TableBeingDeleted_IsAnError()
    {
        const string beingDeleted = """{"odata.error":{"code":"TableBeingDeleted","message":{"value":"Wait."}}}""";
        var handler = new CannedHandler((HttpStatusCode.Conflict, beingDeleted));
        var table = new TableClient("UseDevelopmentStorage=true", "t", handler.Options());

        Assert.That(
            () => table.CreateIfNotExistsAsync(),
            Throws.TypeOf<RequestFailedException>().With.Property("ErrorCode").EqualTo(TableErrorCode.TableBeingDeleted.ToString()));
    }

    [Test]
    public async Task DeleteTableAsync_ThereThenGone_IsNoFailure()
    {
        var name = $"d{Guid.NewGuid():N}";
        await Service.CreateTableAsync(name);

        var first = await Service.DeleteTableAsync(name);
        var second = await Service.DeleteTableAsync(name);

        Assert.That((first.Status, second.Status), Is.EqualTo((204, 404)));
    }

    [Test]
    public async Task QueryAsync_Filter_FindsTheTables()
    {
        var prefix = $"q{Guid.NewGuid():N}";
        string[] names = [prefix + "a", prefix + "b", prefix + "c"];
        foreach (var name in names)
        {
            await Service.CreateTableAsync(name);
        }

        var filter = TableServiceClient.CreateQueryFilter($"TableName ge {prefix} and TableName lt {prefix + "~"}");
        var found = await Service.QueryAsync(filter, maxPerPage: 2).Select(table => table.Name).ToListAsync();

        Assert.That(found, Is.EquivalentTo(names));
        foreach (var name in names)
        {
            await Service.DeleteTableAsync(name);
        }
    }

    [Test]
    public async Task QueryAsync_InterpolatedFilter_IsEscaped()
    {
        FormattableString filter = $"TableName eq {Table.Name}";

        var found = await Service.QueryAsync(filter).ToListAsync();

        Assert.That(found.Select(table => table.Name), Is.EqualTo(new[] { Table.Name }));
    }
}
