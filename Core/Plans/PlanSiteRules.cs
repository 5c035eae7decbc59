using System.Globalization;
using Marketline.Core.Extract;

namespace Marketline.Core.Plans;

/// <summary>What a plan's sites must be like.</summary>
public static class PlanSiteRules
{
    public const int MaxSiteCount = 100;

    private const int MaxAddressLength = 250;
    private const int MaxSearchLength = 100;

    /// <summary>Of all addresses, items and searches: with its selectors a plan fits into a column of 32 000 characters.</summary>
    private const int MaxTextLength = 18_000;

    /// <summary>What <see cref="PlanSite.TrustLastModified"/> takes, where it is set.</summary>
    private const int TrustLength = 25;

    /// <param name="sent">What came as JSON may be null where nothing here is.</param>
    /// <param name="problems">Gets a problem per field, by its JSON name.</param>
    internal static void Check(IReadOnlyList<PlanSite?>? sent, Dictionary<string, string[]> problems)
    {
        var sites = sent ?? [];
        if (sites.Count is 0 or > MaxSiteCount)
        {
            problems["sites"] = [$"1 to {MaxSiteCount} sites are expected; there are {sites.Count}."];
        }

        for (var i = 0; i < Math.Min(sites.Count, MaxSiteCount); i++)
        {
            if (!IsHttp(sites[i]?.BaseUrl))
            {
                problems[Field($"sites[{i}].baseUrl")] = [$"An absolute http or https address of at most {MaxAddressLength} characters is expected."];
            }

            CheckTexts(Field($"sites[{i}].items"), sites[i]?.Items, MaxAddressLength, problems);
            CheckTexts(Field($"sites[{i}].searches"), sites[i]?.Searches, MaxSearchLength, problems);
            FieldOverrideRules.Check(sites[i]?.Selectors ?? [], Field($"sites[{i}].selectors"), problems);
        }

        if (sites.Sum(site => site?.Selectors?.Sum(selector => selector?.Expression?.Length ?? 0) ?? 0) > FieldOverrideRules.MaxTotalLength)
        {
            problems["sites"] = [Field($"Selectors of up to {FieldOverrideRules.MaxTotalLength} characters in all are expected.")];
        }

        if (problems.Count == 0 && sites.Sum(site => Length(site!)) > MaxTextLength)
        {
            problems["sites"] = [$"At most {MaxTextLength} characters of addresses, items and searches are expected: make several plans of it."];
        }
    }

    private static void CheckTexts(string field, IReadOnlyList<string?>? texts, int maxLength, Dictionary<string, string[]> problems)
    {
        if ((texts ?? []).Any(text => string.IsNullOrWhiteSpace(text) || text.Length > maxLength || text.Any(char.IsControl)))
        {
            problems[field] = [$"Each has 1 to {maxLength} characters, none of them a control character."];
        }
    }

    private static int Length(PlanSite site) =>
        site.BaseUrl.OriginalString.Length + (site.TrustLastModified ? TrustLength : 0) + (site.Items ?? []).Sum(item => item.Length + 3) + (site.Searches ?? []).Sum(search => search.Length + 3);

    private static bool IsHttp(Uri? uri) =>
        uri is { IsAbsoluteUri: true, OriginalString.Length: <= MaxAddressLength } && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static string Field(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
}
