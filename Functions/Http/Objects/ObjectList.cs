namespace Marketline.Functions.Http.Objects;

/// <param name="Next">The cursor of the next page; none after the last one.</param>
internal sealed record ObjectList(IReadOnlyList<OfferView> Objects, string? Next);
