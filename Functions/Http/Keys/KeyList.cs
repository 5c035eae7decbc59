namespace Marketline.Functions.Http.Keys;

/// <summary>Keys without their secrets, the newest first.</summary>
internal sealed record KeyList(IReadOnlyList<KeyView> Keys);
