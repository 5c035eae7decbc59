using System.Net.Sockets;
using System.Security.Authentication;
using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// What an exception of the HTTP stack says about the site. The words are ours: those of the stack quote what the site sent.
/// </summary>
internal static class FetchErrors
{
    /// <returns>Null for an exception that is no fault of the other side.</returns>
    public static FetchFailure? TryExplain(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (Explain(inner) is { } failure)
            {
                return failure;
            }
        }

        return exception is HttpRequestException or IOException ? Retryable(FetchReasons.CutOff, "The connection broke.") : null;
    }

    private static FetchFailure? Explain(Exception exception) =>
        exception switch
        {
            AddressRefusedException => Final(FetchReasons.AddressRefused, exception.Message),
            BodyTooLargeException => Final(FetchReasons.TooLarge, exception.Message),
            TimeoutException => Retryable(FetchReasons.TimedOut, "No connection within the time allowed."),
            SocketException socket => Explain(socket),
            InvalidDataException => Final(FetchReasons.ProtocolError, $"The body does not decompress: {exception.Message}"),
            HttpIOException http => Explain(http.HttpRequestError),
            HttpRequestException http => Explain(http),
            EndOfStreamException => Retryable(FetchReasons.CutOff, exception.Message),
            _ => null,
        };

    private static FetchFailure? Explain(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.SecureConnectionError
            ? Final(FetchReasons.TlsFailed, (exception.InnerException as AuthenticationException)?.Message ?? "The TLS handshake failed.")
            : Explain(exception.HttpRequestError);

    private static FetchFailure? Explain(HttpRequestError error) =>
        error switch
        {
            HttpRequestError.ResponseEnded => Retryable(FetchReasons.CutOff, "The connection ended before the answer did."),
            HttpRequestError.InvalidResponse or HttpRequestError.VersionNegotiationError =>
                Final(FetchReasons.ProtocolError, "What the site sent is no valid HTTP."),
            HttpRequestError.ProxyTunnelError => Retryable(FetchReasons.ConnectFailed, "The platform's proxy did not open a way to the site."),
            HttpRequestError.HttpProtocolError =>
                Retryable(FetchReasons.ProtocolError, "The site broke off the request by an HTTP/2 error."),
            HttpRequestError.ConfigurationLimitExceeded => Final(FetchReasons.TooLarge, "The head of the answer is over the limit."),
            _ => null,
        };

    private static FetchFailure Explain(SocketException exception) =>
        exception.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData => Final(FetchReasons.DnsFailed, "The host's name is not known."),
            SocketError.TryAgain or SocketError.NoRecovery =>
                Retryable(FetchReasons.DnsFailed, "The name server did not answer."),
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
                Retryable(FetchReasons.CutOff, "The connection was reset."),
            SocketError.TimedOut => Retryable(FetchReasons.TimedOut, "No connection within the time allowed."),
            var code => Retryable(FetchReasons.ConnectFailed, $"No connection ({code})."),
        };

    private static FetchFailure Final(string reason, string detail) => new(reason, detail);

    private static FetchFailure Retryable(string reason, string detail) => new(reason, detail, IsRetryable: true);
}
