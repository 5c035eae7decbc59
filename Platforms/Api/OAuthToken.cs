using System.Globalization;
using System.Text.Json;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Api;

/// <summary>The answer of an OAuth 2.0 token endpoint (RFC 6749 §5.1 and §5.2).</summary>
internal static class OAuthToken
{
    public const string FormType = "application/x-www-form-urlencoded";

    private const int MaxErrorLength = 40;

    /// <param name="answer">What the token endpoint said.</param>
    /// <param name="platform">For a person.</param>
    /// <param name="now">From when on the token's life counts.</param>
    /// <exception cref="ApiRefusedException">It is no token; the message names OAuth's error code only.</exception>
    public static ApiToken Read(ApiAnswer answer, string platform, DateTimeOffset now)
    {
        var token = answer.StatusCode == 200 ? JsonBody.With(answer.Body, root => Token(root, now)) : null;
        return token ?? throw Refusal(answer, platform);
    }

    private static ApiToken? Token(JsonElement root, DateTimeOffset now) =>
        root.Text("access_token") is { Length: > 0 } value
        && !value.Any(char.IsControl)
        && int.TryParse(root.Text("expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new ApiToken(value, now.AddSeconds(seconds))
            : null;

    private static ApiRefusedException Refusal(ApiAnswer answer, string platform)
    {
        var error = JsonBody.With(answer.Body, root => root.Text("error"));
        var isCode = error is { Length: > 0 and <= MaxErrorLength } && error.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
        var said = string.Create(CultureInfo.InvariantCulture, $"status {answer.StatusCode}{(isCode ? $", {error}" : "")}");
        return new ApiRefusedException($"{platform} gave no token ({said}): check the credentials.", answer.StatusCode is 429 or >= 500);
    }
}
