using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>Sends attacks and asserts that each was answered as it must be, and that nothing of the victim's has changed.</summary>
internal static class Attacks
{
    private const int Parallelism = 8;
    private const int MaxBodyLength = 256 * 1024;

    private static readonly TimeSpan StreamTime = TimeSpan.FromSeconds(1);

    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    public static async Task AssertHarmlessAsync(AttackedInstallation installation, IEnumerable<Attack> attacks)
    {
        var before = await VictimState.ReadAsync(installation);
        var faults = new ConcurrentQueue<string>();
        var count = 0;
        await Parallel.ForEachAsync(
            attacks,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (attack, token) =>
            {
                Interlocked.Increment(ref count);
                var answer = await SendAsync(attack.Request, token);
                foreach (var fault in answer.Faults(attack, installation.Victim.Marks))
                {
                    faults.Enqueue($"{attack.Name}: {fault} | {answer}");
                }
            }
        );

        var after = await VictimState.ReadAsync(installation);
        TestContext.Out.WriteLine($"{count} attacks, {faults.Count} faults");
        Assert.Multiple(() =>
        {
            Assert.That(count, Is.Positive);
            Assert.That(faults, Is.Empty, $"{faults.Count} of {count}:\n{string.Join('\n', faults.Order(StringComparer.Ordinal).Take(60))}\n");
            Assert.That(before, Is.Not.Empty);
            Assert.That(VictimState.Differences(before, after), Is.Empty);
        });
    }

    /// <summary>A request to the app. Addresses are sent as they are written.</summary>
    public static HttpRequestMessage Request(AttackedInstallation installation, string method, string path, string? key, HttpContent? content = null)
    {
        var address = new Uri(
            $"{installation.Address.GetLeftPart(UriPartial.Authority)}/{path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Api-Key", key);
        }

        return request;
    }

    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, "application/json");

    /// <summary>The answer; once more when the app says that it has too much to do just now.</summary>
    public static async Task<AttackAnswer> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            var answer = await SendOnceAsync(request(), cancellationToken);
            if (i == 20 || answer.Status != (int)HttpStatusCode.ServiceUnavailable || !answer.Headers.Contains("Retry-After", StringComparison.Ordinal))
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static async Task<AttackAnswer> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var isHead = request.Method == HttpMethod.Head;
            try
            {
                using var response = await Client.SendAsync(request, cancellationToken);
                var headers = $"{response.Headers}{response.Content.Headers}";
                return new AttackAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, headers, await BodyAsync(response), isHead);
            }
            catch (HttpRequestException failure)
            {
                return new AttackAnswer(0, null, "", $"no answer: {failure.Message}", isHead);
            }
        }
    }

    /// <summary>The beginning: a stream of events goes on for long.</summary>
    private static async Task<string> BodyAsync(HttpResponseMessage response)
    {
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        using var patience = new CancellationTokenSource(isStream ? StreamTime : TimeSpan.FromSeconds(60));
        await using var content = await response.Content.ReadAsStreamAsync(CancellationToken.None);
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (body.Length < MaxBodyLength && await content.ReadAsync(buffer, patience.Token) is > 0 and var read)
            {
                body.Write(buffer, 0, read);
            }
        }
        catch (OperationCanceledException) when (isStream)
        {
            // Enough of it.
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }
}
