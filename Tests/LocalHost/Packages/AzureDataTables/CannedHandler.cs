using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

/// <summary>Answers requests in turn with what it was given, the last one again and again, and keeps what it was asked.</summary>
internal sealed class CannedHandler(params (HttpStatusCode Status, string Body)[] answers) : HttpMessageHandler
{
    public List<(Uri Uri, string? Authorization, string? Date, string Body)> Requests { get; } = [];

    public TableClientOptions Options()
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(this) };
        options.Retry.Delay = TimeSpan.Zero;
        return options;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var date = request.Headers.TryGetValues("x-ms-date", out var dates) ? dates.Single() : null;
        Requests.Add((request.RequestUri!, request.Headers.Authorization?.ToString(), date, body));
        var (status, answer) = answers[Math.Min(Requests.Count, answers.Length) - 1];
        return new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
    }
}
