namespace Marketline.Functions.Http.Objects;

/// <summary>A page of offers, by object key.</summary>
/// <param name="Next">The cursor of the next page; none after the last one.</param>
internal sealed record ObjectList(IReadOnlyList<OfferView> Objects, string? Next);
