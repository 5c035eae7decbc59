namespace Marketline.Functions.Http.Keys;

/// <summary>A new key, whole. It is shown this once.</summary>
internal sealed record CreatedKey(string ApiKey, KeyView Key);
