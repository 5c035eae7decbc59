namespace Marketline.Functions.Http.Keys;

internal sealed record KeyList(IReadOnlyList<KeyView> Keys);
