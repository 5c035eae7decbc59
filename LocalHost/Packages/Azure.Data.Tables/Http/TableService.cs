using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Json;

namespace Azure.Data.Tables.Http;

/// <summary>One account's Table service: its address and the pipeline that authenticates, retries and sends.</summary>
internal sealed class TableService
{
    public const string Json = "application/json";
    public const string MinimalMetadata = "application/json;odata=minimalmetadata";

    private readonly HttpPipeline pipeline;
    private readonly string version;

    public TableService(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions? options)
    {
        options ??= new TableClientOptions();
        version = options.VersionHeader;
        Endpoint = new UriBuilder(endpoint) { Query = "", Path = endpoint.AbsolutePath.TrimEnd('/') }.Uri;
        Address = Endpoint.AbsoluteUri.TrimEnd('/');
        AccountName = AccountOf(Endpoint);
        pipeline = HttpPipelineBuilder.Build(new HttpPipelineOptions(options)
        {
            PerRetryPolicies = { authentication },
            RequestFailedDetailsParser = TableErrorParser.Instance,
        });
    }

    public Uri Endpoint { get; }

    /// <summary>The endpoint without a slash at its end.</summary>
    public string Address { get; }

    public string AccountName { get; }

    public static string EntityPath(string table, string partitionKey, string rowKey) =>
        $"{table}(PartitionKey='{EscapeKey(partitionKey)}',RowKey='{EscapeKey(rowKey)}')";

    /// <summary>Sends a request without a body.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Path and query below the endpoint, escaped.</param>
    /// <param name="cancellationToken">Ends the request and its retries.</param>
    /// <param name="ifMatch">The If-Match header, if any.</param>
    /// <param name="also">An error status that the caller expects and gets back instead of an exception.</param>
    public Task<Response> SendAsync(
        RequestMethod method, string path, CancellationToken cancellationToken, string? ifMatch = null, int? also = null) =>
        SendAsync(method, path, null, null, ifMatch, also, cancellationToken);

    /// <summary>Sends an entity; <paramref name="ifMatch"/> stays away for an insert or upsert.</summary>
    public async Task<Response> SendAsync(
        RequestMethod method, string path, ITableEntity entity, string? ifMatch, CancellationToken cancellationToken)
    {
        var content = new PooledContent(1024);
        await using (var writer = new Utf8JsonWriter(content, EntityJson.WriterOptions))
        {
            EntityJson.Write(writer, entity);
        }

        return await SendAsync(method, path, content, Json, ifMatch, null, cancellationToken);
    }

    public async Task<Response> SendAsync(
        RequestMethod method,
        string path,
        PooledContent? content,
        string? contentType,
        string? ifMatch,
        int? also,
        CancellationToken cancellationToken)
    {
        var context = new RequestContext { CancellationToken = cancellationToken };
        if (also is { } expected)
        {
            context.AddClassifier(expected, isError: false);
        }

        using var message = pipeline.CreateMessage(context, pipeline.ResponseClassifier);
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri($"{Address}/{path}"));
        request.Headers.Add("x-ms-version", version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("Accept", MinimalMetadata);
        if (ifMatch is not null)
        {
            request.Headers.Add("If-Match", ifMatch);
        }

        if (content is not null)
        {
            request.Headers.Add("Content-Type", contentType!);
            request.Headers.Add("Prefer", "return-no-content");
            request.Content = content;
        }

        await pipeline.SendAsync(message, cancellationToken);
        if (message.Response.IsError)
        {
            throw new RequestFailedException(message.Response);
        }

        content?.Return();
        return message.Response;
    }

    /// <summary>Quotes are doubled for OData, then everything that is not plain in a URI is escaped.</summary>
    private static string EscapeKey(string key) => Uri.EscapeDataString(TableOdataFilter.EscapeQuotes(key));

    /// <summary><c>https://account.table.core.windows.net</c>, or <c>http://127.0.0.1:10002/account</c> for an emulator.</summary>
    private static string AccountOf(Uri endpoint) =>
        endpoint.HostNameType == UriHostNameType.Dns && endpoint.Host.Contains('.', StringComparison.Ordinal)
            ? endpoint.Host[..endpoint.Host.IndexOf('.', StringComparison.Ordinal)]
            : endpoint.Segments.ElementAtOrDefault(1)?.TrimEnd('/') ?? "";
}
