using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Http;

/// <summary>Adds the shared access signature to the query, the current one on each try.</summary>
internal sealed class SasPolicy(AzureSasCredential credential) : HttpPipelineSynchronousPolicy
{
    private const string SentSignature = "Azure.Data.Tables.Signature";

    public override void OnSendingRequest(HttpMessage message)
    {
        var query = message.Request.Uri.Query;
        if (message.TryGetProperty(SentSignature, out var sent) && sent is string before)
        {
            query = query[..^(before.Length + 1)];
        }

        var signature = credential.Signature.TrimStart('?');
        message.SetProperty(SentSignature, signature);
        message.Request.Uri.Query = query.Length == 0 ? "?" + signature : $"{query}&{signature}";
    }
}
