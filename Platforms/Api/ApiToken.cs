namespace Marketline.Platforms.Api;

/// <param name="Value">What is sent as proof.</param>
/// <param name="ExpiresUtc">It is not used in the last minute before.</param>
public sealed record ApiToken(string Value, DateTimeOffset ExpiresUtc)
{
    public override string ToString() => $"A token until {ExpiresUtc:u}";
}
