using System.Collections.Frozen;
using System.Globalization;

namespace Marketline.Core.Extract;

/// <summary>What overrides must be like, but for the grammar of their expressions, which extraction knows.</summary>
public static class FieldOverrideRules
{
    public const int MaxExpressionLength = 500;

    /// <summary>For each site.</summary>
    public const int MaxCount = 20;

    /// <summary>Of all expressions of a plan: it travels with each of its batches.</summary>
    public const int MaxTotalLength = 8_000;

    /// <summary>The fields of an offer, in alphabetical order.</summary>
    public static FrozenSet<string> Fields { get; } = new[]
    {
        FieldNames.Availability, FieldNames.BestRating, FieldNames.Brand, FieldNames.Category, FieldNames.Description, FieldNames.Gtin, FieldNames.Image, FieldNames.ItemCondition,
        FieldNames.ListPrice, FieldNames.Mpn, FieldNames.Name, FieldNames.Price, FieldNames.PriceCurrency, FieldNames.RatingValue, FieldNames.ReviewCount, FieldNames.Seller,
        FieldNames.ShippingPrice, FieldNames.Sku,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="selectors">Of one site.</param>
    /// <param name="path">Where they stand in the plan, such as <c>sites[0].selectors</c>.</param>
    /// <param name="problems">Gets a problem per field.</param>
    public static void Check(IReadOnlyList<FieldOverride> selectors, string path, IDictionary<string, string[]> problems)
    {
        if (selectors.Count > MaxCount)
        {
            problems[path] = [string.Create(CultureInfo.InvariantCulture, $"Up to {MaxCount} are expected; there are {selectors.Count}.")];
            return;
        }

        for (var i = 0; i < selectors.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (selectors[i] is not { } selector)
            {
                problems[name] = ["A field, how and an expression are expected."];
                continue;
            }

            if (!Fields.Contains(selector.Field))
            {
                problems[$"{name}.field"] = [$"One of these is expected: {string.Join(", ", Fields.Order(StringComparer.Ordinal))}."];
            }

            if (!Enum.IsDefined(selector.How))
            {
                problems[$"{name}.how"] = ["css, jsonPath or regex is expected."];
            }

            if (string.IsNullOrWhiteSpace(selector.Expression) || selector.Expression.Length > MaxExpressionLength)
            {
                problems[$"{name}.expression"] = [string.Create(CultureInfo.InvariantCulture, $"1 to {MaxExpressionLength} characters are expected.")];
            }
        }
    }
}
