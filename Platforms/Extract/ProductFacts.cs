using Marketline.Core.Clean;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>All that speaks for each field of a page's main product; the best of each is taken at the end.</summary>
internal sealed class ProductFacts(string? language, string? host)
{
    private const int MaxTextLength = 20_000;

    /// <summary>For each field; a page that offers more is no product's page.</summary>
    private const int MaxCandidates = 300;
    private readonly Dictionary<string, List<RawField>> _candidates = new(StringComparer.Ordinal);

    public string? Language => language;

    public string? Host => host;

    public List<PriceCandidate> Prices { get; } = [];

    public List<PriceCandidate> ListPrices { get; } = [];

    public void Add(string field, string? text, ExtractionSource source, string location, double confidence)
    {
        if (string.IsNullOrWhiteSpace(text) || confidence <= 0)
        {
            return;
        }

        if (!_candidates.TryGetValue(field, out var list))
        {
            _candidates.Add(field, list = []);
        }

        if (list.Count >= MaxCandidates)
        {
            return;
        }

        var trimmed = text.Trim();
        list.Add(new RawField(trimmed.Length > MaxTextLength ? trimmed[..MaxTextLength] : trimmed, source, location, Math.Min(confidence, 1)));
    }

    /// <summary>
    /// Of what published markup states as the price, zero and what is no amount ("on request") become candidates of the field
    /// <see cref="FieldNames.Price"/>: evidence for cleaning, where the page has no readable price.
    /// </summary>
    public void AddPrice(List<PriceCandidate> target, string? text, string? currency, ExtractionSource source, string location, double weight)
    {
        if (string.IsNullOrWhiteSpace(text) || target.Count >= MaxCandidates)
        {
            return;
        }

        var isMachineForm = text.AsSpan().Trim().IndexOfAnyExceptInRange('.', '9') < 0;
        var code = CurrencyResolver.Resolve(currency, language, host);
        var reading = PriceText.Read(text.Trim(), new NumberHints(language, code, isMachineForm));
        if (reading is { Amount: > 0 })
        {
            target.Add(new PriceCandidate(reading.Amount, text.Trim(), currency ?? reading.CurrencyMark, source, location, weight));
        }
        else if (target == Prices && source is ExtractionSource.JsonLd or ExtractionSource.Microdata or ExtractionSource.Rdfa or ExtractionSource.OpenGraph)
        {
            Add(FieldNames.Price, text, source, location, weight / PriceVote.SureScore);
        }
    }

    /// <summary>The candidate one is surest of; of equals, the first.</summary>
    public RawField? Best(string field) => _candidates.TryGetValue(field, out var list) ? list.MaxBy(raw => raw.Confidence) : null;

    public IReadOnlyList<RawField> All(string field) => _candidates.TryGetValue(field, out var list) ? list : [];
}
