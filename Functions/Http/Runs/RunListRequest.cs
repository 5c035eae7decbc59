using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Runs;

/// <summary>Reads the filters of a list of runs.</summary>
internal static class RunListRequest
{
    private const int DefaultMonths = 3;
    private const int MaxMonths = 36;
    private const int MaxPlatformLength = 64;

    /// <returns>The filter, or the problem with what was sent.</returns>
    public static (RunFilter Filter, IResult? Problem) Read(HttpRequest request, DateOnly today)
    {
        var problems = new Dictionary<string, string[]>();
        var to = Date(request, "to", today, problems);
        var from = Date(request, "from", to.AddMonths(-DefaultMonths), problems);
        if (from < to.AddMonths(-MaxMonths))
        {
            problems["from"] = [$"At most {MaxMonths} months before 'to' are expected: ask for the rest in another request."];
        }

        var filter = new RunFilter(from, to)
        {
            Statuses = [.. request.Query["status"].SelectMany(text => text!.Split(',')).Select(text => Value<RunStatus>("status", text, problems)).OfType<RunStatus>().Distinct()],
            PlanId = Plan(request, problems),
            Platform = request.Query["platform"].ToString() is { Length: > 0 } platform ? platform : null,
            Kind = Value<CrawlKind>("kind", request.Query["kind"].ToString(), problems),
            Trigger = Value<RunTriggerKind>("trigger", request.Query["trigger"].ToString(), problems),
        };
        if (filter.Platform?.Length > MaxPlatformLength)
        {
            problems["platform"] = [$"Up to {MaxPlatformLength} characters are expected."];
        }

        return (filter, problems.Count == 0 ? null : Problems.Invalid(problems));
    }

    /// <summary>What a page's cursor belongs to.</summary>
    public static string Name(HttpRequest request)
    {
        string[] names = ["status", "planId", "platform", "kind", "trigger", "from", "to"];
        return $"runs?{string.Join('&', names.Select(name => $"{name}={Uri.EscapeDataString(request.Query[name].ToString())}"))}";
    }

    private static DateOnly Date(HttpRequest request, string name, DateOnly otherwise, Dictionary<string, string[]> problems)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
        {
            return otherwise;
        }

        // Years that can be counted back from.
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 2000 and < 9000)
        {
            return date;
        }

        problems[name] = ["A date is expected, such as 2026-11-21."];
        return otherwise;
    }

    private static PlanId? Plan(HttpRequest request, Dictionary<string, string[]> problems)
    {
        var text = request.Query["planId"].ToString();
        if (text.Length == 0 || PlanId.TryParse(text, out _))
        {
            return text.Length == 0 ? null : PlanId.Parse(text);
        }

        problems["planId"] = ["The id of a plan is expected: 1 to 24 of a-z and 0-9."];
        return null;
    }

    private static T? Value<T>(string name, string text, Dictionary<string, string[]> problems)
        where T : struct, Enum
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (!char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
        {
            return value;
        }

        problems[name] = [$"One of {string.Join(", ", Enum.GetNames<T>())} is expected."];
        return null;
    }
}
