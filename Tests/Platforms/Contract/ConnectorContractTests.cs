using System.Globalization;
using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Platforms;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>
/// What every registered connector keeps to, tried on the pages in its folder (docs/adding-a-platform.md). A platform that is
/// new is tested as it is registered; what is missing from its folder fails with words that say what to add.
/// <c>MARKETLINE_WRITE_EXPECTED=1</c> rewrites the results.
/// </summary>
[CancelAfter(120_000)]
internal sealed class ConnectorContractTests
{
    private static readonly string[] Unreachable = [FetchReasons.AddressRefused, FetchReasons.DnsFailed, FetchReasons.ConnectFailed, FetchReasons.TlsFailed, FetchReasons.TimedOut];

    private static bool IsWriting => Environment.GetEnvironmentVariable("MARKETLINE_WRITE_EXPECTED") == "1";

    public static IEnumerable<string> Platforms => RegisteredConnectors.All.Platforms;

    public static IEnumerable<TestCaseData> Kinds =>
        Platforms.SelectMany(platform => Connector(platform).Kinds.Order().Select(kind => new TestCaseData(platform, kind)));

    public static IEnumerable<TestCaseData> Pages =>
        Platforms.SelectMany(PagesOf).Select(page => new TestCaseData(page).SetArgDisplayNames(page.ToString()));

    [TestCaseSource(nameof(Platforms))]
    public void Platform_Name_IsLegal(string platform)
    {
        var name = Connector(platform).Platform;

        Assert.That(name, Does.Match("^[a-z][a-z0-9]*(-[a-z0-9]+)*$").And.Length.LessThanOrEqualTo(32));
    }

    [TestCaseSource(nameof(Platforms))]
    public void Kinds_Fixtures_AreThereForEach(string platform)
    {
        var folder = new ConnectorFolder(platform);

        var kinds = Connector(platform).Kinds;

        Assert.That(kinds, Is.Not.Empty);
        Assert.That(folder.Path, Does.Exist, $"The platform '{platform}' has no pages to be tested with: add this folder (docs/adding-a-platform.md).");
        Assert.That(folder.SitePath, Does.Exist, $"Add this folder with what a shop on '{platform}' answers when its targets are planned, by path: robots.txt, sitemap.xml, …");
        Assert.Multiple(() =>
        {
            foreach (var kind in kinds)
            {
                Assert.That(folder.Pages(kind), Is.Not.Empty, $"Add pages of the kind {kind} and their .expected.json to {folder.Path}/{ConnectorFolder.Word(kind)}.");
            }
        });
    }

    [TestCaseSource(nameof(Platforms))]
    public void Documentation_Page_TellsOfEachKind(string platform)
    {
        var path = Path.Combine(RepositoryPaths.Root, "docs", "platforms", $"{platform}.md");

        Assert.That(path, Does.Exist, $"Add a page about the platform '{platform}': its targets, keys, fields and limits.");
        var text = File.ReadAllText(path);
        Assert.That(text, Does.StartWith($"# {platform}\n"));
        Assert.That(Connector(platform).Kinds.Select(ConnectorFolder.Word).Where(kind => !text.Contains(kind, StringComparison.Ordinal)), Is.Empty, "kinds that the page does not speak of");
    }

    [TestCaseSource(nameof(Platforms))]
    public void Api_Kinds_AreTheConnectorsAndThePageSaysWhichAreNot(string platform)
    {
        if (Connector(platform).Api is not { } api)
        {
            Assert.Ignore($"{platform} has pages only.");
            return;
        }

        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "platforms", $"{platform}.md"));
        var fromPages = Connector(platform).Kinds.Except(api.Kinds).Select(kind => $"{ConnectorFolder.Word(kind)} from pages only");

        Assert.That(api.Kinds, Is.Not.Empty.And.SubsetOf(Connector(platform).Kinds));
        Assert.That(fromPages.Where(words => !text.Contains(words, StringComparison.Ordinal)), Is.Empty, "what the page has to say");
        Assert.That(api.Kinds.Select(kind => $"{ConnectorFolder.Word(kind)} from pages only").Where(words => text.Contains(words, StringComparison.Ordinal)), Is.Empty, "what the page must not say");
    }

    [Test]
    public void Documentation_AddingAPlatform_NamesEveryMember()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "adding-a-platform.md"));

        var members = typeof(IPlatformConnector).GetMembers().Select(member => member.Name).Where(name => !name.StartsWith("get_", StringComparison.Ordinal));

        Assert.That(members.Where(name => !text.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Extract_Page_GivesWhatIsExpected(ConnectorPage page)
    {
        var result = PageOutcome.Of(Connector(page.Platform), page.Fetched(), page.Kind);
        if (IsWriting)
        {
            page.WriteResult(result);
        }

        Assert.That(page.Expectation.Source, Does.Contain("https://"), "the source has to name the page that this one follows");
        Assert.That(ConnectorPage.Text(result), Is.EqualTo(ConnectorPage.Text(page.Expectation.Result)));
    }

    [TestCaseSource(nameof(Pages))]
    public void Extract_AgainAndElsewhere_GivesTheSame(ConnectorPage page)
    {
        var first = ConnectorPage.Text(PageOutcome.Of(Connector(page.Platform), page.Fetched(), page.Kind));

        var again = ConnectorPage.Text(PageOutcome.Of(Connector(page.Platform), page.Fetched(), page.Kind));
        var elsewhere = UnderOtherCulture(() => ConnectorPage.Text(PageOutcome.Of(RegisteredConnectors.Create().Get(page.Platform), page.Fetched(), page.Kind)));

        Assert.That(again, Is.EqualTo(first));
        Assert.That(elsewhere, Is.EqualTo(first));
    }

    [TestCaseSource(nameof(Pages))]
    public void Extract_Objects_HaveKeysOfTheirOwnAndCanonicalAddresses(ConnectorPage page)
    {
        var objects = Connector(page.Platform).Extract(page.Fetched(), page.Kind).Objects;

        Assert.That(objects.Select(item => item.ObjectKey), Is.Unique.And.All.Match("^[0-9a-f]{32}$"));
        Assert.That(objects.Select(item => item.Url), Is.EqualTo(objects.Select(item => CanonicalUrl.TryCreate(item.Url))));
        Assert.That(objects.Select(item => item.Type), Is.All.EqualTo(page.Kind == CrawlKind.Reviews ? ObjectType.Review : ObjectType.Offer));
        Assert.That(objects.SelectMany(item => item.Fields.Values).Select(field => field.Text), Has.None.Matches<string>(string.IsNullOrWhiteSpace), "a field that was not found is absent");
        Assert.That(objects.Select(item => item.Position), Has.None.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Extract_AddressWrittenOtherwise_GivesTheSameKeys(ConnectorPage page)
    {
        var url = page.Fetched().Url;
        var separator = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';

        var plain = Keys(page, url);
        var tracked = Keys(page, $"{url}{separator}utm_source=mail&gclid=x1#top");
        var oneOrder = Keys(page, $"{url}{separator}a=1&b=2&list=2&list=1");
        var otherOrder = Keys(page, $"{url}{separator}list=2&b=2&list=1&a=1");

        Assert.That(tracked, Is.EqualTo(plain), "tracking parameters make no other object");
        Assert.That(otherOrder, Is.EqualTo(oneOrder), "the order of parameters makes no other object");
    }

    [TestCaseSource(nameof(Pages))]
    public void Extract_PageCutOff_NeverThrows(ConnectorPage page) => AssertBears(page, BadBodies.Cut(page.Body));

    [TestCaseSource(nameof(Pages))]
    public void Extract_PageDamaged_NeverThrows(ConnectorPage page) => AssertBears(page, BadBodies.Damaged(page.Body));

    [TestCaseSource(nameof(Kinds))]
    public void Extract_ForeignBody_NeverThrows(string platform, CrawlKind kind)
    {
        var pages = new ConnectorFolder(platform).Pages(kind);
        Assert.That(pages, Is.Not.Empty, $"There is no page of the kind {kind} to put foreign bodies under.");

        AssertBears(pages[0], BadBodies.Foreign().Concat(BadBodies.Grown(pages[0].Body)));
    }

    [TestCaseSource(nameof(Pages))]
    public void Clean_Objects_AreRejectedOnlyWhereThePageSaysSo(ConnectorPage page)
    {
        var objects = Connector(page.Platform).Extract(page.Fetched(), page.Kind).Objects;

        var rejected = objects.Select(item => PageOutcome.Clean(page.Platform, page.Kind, item)).Where(cleaned => cleaned.Record is null);

        Assert.That(rejected.Select(cleaned => cleaned.Violations[0].Rule), Is.EqualTo(page.Expectation.Rejected ?? []));
        Assert.That(rejected.SelectMany(cleaned => cleaned.Violations).Select(violation => violation.Position), Has.None.Empty);
    }

    [TestCaseSource(nameof(Platforms))]
    public void Clean_Reviews_HoldNoAuthorInClear(string platform)
    {
        if (!Connector(platform).Kinds.Contains(CrawlKind.Reviews))
        {
            Assert.Ignore($"{platform} has no reviews.");
        }

        var authored = new ConnectorFolder(platform).Pages(CrawlKind.Reviews)
            .SelectMany(page => Connector(platform).Extract(page.Fetched(), page.Kind).Objects)
            .Where(item => item.Text(FieldNames.Author) is not null)
            .ToList();

        var records = authored.Select(item => (Author: item.Text(FieldNames.Author)!, Review: (Review)PageOutcome.Clean(platform, CrawlKind.Reviews, item).Record!)).ToList();

        Assert.That(records, Is.Not.Empty, $"Add a page with a review that names its author to the reviews of '{platform}'.");
        Assert.That(records.Select(record => record.Review.AuthorHash), Is.All.Match("^[0-9a-f]{64}$"));
        Assert.That(records.Where(record => JsonSerializer.Serialize(record.Review, JsonFormat.Options).Contains(record.Author, StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void FollowUps_Page_LeadOnWithinTheSite(ConnectorPage page)
    {
        var fetched = page.Fetched();

        var targets = Connector(page.Platform).FollowUps(fetched, page.Kind).ToList();

        AssertLeadOn(fetched, targets);
        if (Connector(page.Platform).IsNewestFirst(fetched.Url, page.Kind))
        {
            Assert.That(targets.Where(target => !Connector(page.Platform).IsNewestFirst(target.Url, page.Kind)), Is.Empty, "a list that has its newest entries first leads to its own pages only");
            Assert.That(targets.Where(target => target != new CrawlTarget(target.Url)), Is.Empty, "its pages are remembered by their addresses");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task PlanTargetsAsync_Site_GivesItsPagesOnce(string platform, CrawlKind kind)
    {
        var folder = new ConnectorFolder(platform);
        var scope = new SiteScope(ScriptedSite.Root);

        var targets = await PlanAsync(platform, kind, new ConnectorFolder(platform).Plan);

        Assert.That(targets.Select(target => target.Url), Is.Unique.And.Not.Empty);
        Assert.That(targets.Where(target => !scope.Contains(new Uri(target.FetchUrl ?? target.Url))), Is.Empty, "targets of other sites");
        Assert.That(targets.Select(target => CanonicalUrl.TryCreate(target.Url)), Is.EqualTo(targets.Select(target => target.Url)));
        ExpectedTargets.Compare(folder, kind, [.. targets.Select(target => target.Url)], IsWriting);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task PlanTargetsAsync_MaxTargetCount_IsKept(string platform, CrawlKind kind)
    {
        var all = await PlanAsync(platform, kind, new ConnectorFolder(platform).Plan);

        var one = await PlanAsync(platform, kind, new ConnectorFolder(platform).Plan with { MaxTargetCount = 1 });

        Assert.That(one, Is.EqualTo(all.Take(1)));
    }

    [Test]
    public async Task PlanTargetsAsync_NobodyAnswers_SaysWhereAndWhatToDo(
        [ValueSource(nameof(Platforms))] string platform,
        [ValueSource(nameof(Unreachable))] string reason
    )
    {
        foreach (var kind in Connector(platform).Kinds)
        {
            var site = new ScriptedSite(new ConnectorFolder(platform).SitePath, reason);

            var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync(platform, kind, new ConnectorFolder(platform).Plan, site));

            Assert.That(error!.Message, Does.Contain(ScriptedSite.Root.AbsoluteUri).And.Contain(reason));
            Assert.That(error.Message, Does.Match($@"{ScriptedSite.FailureDetail} [A-Z][^.]{{15,}}.*\.$"), "after the reason it says what to do");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task PlanTargetsAsync_Cancelled_Stops(string platform, CrawlKind kind)
    {
        var site = new ScriptedSite(new ConnectorFolder(platform).SitePath);
        using var early = new CancellationTokenSource();
        using var late = new CancellationTokenSource();
        await early.CancelAsync();
        await using var never = Plan(platform, kind, site, early.Token);
        await using var stopped = Plan(platform, kind, site, late.Token);

        var first = await stopped.MoveNextAsync();
        await late.CancelAsync();

        Assert.That(first, Is.True);
        Assert.That(async () => await never.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await GoesOnAsync(stopped), Is.False);
    }

    private static IPlatformConnector Connector(string platform) => RegisteredConnectors.All.Get(platform);

    private static IEnumerable<ConnectorPage> PagesOf(string platform) =>
        Connector(platform).Kinds.Order().SelectMany(kind => new ConnectorFolder(platform).Pages(kind));

    private static List<string> Keys(ConnectorPage page, string url) =>
        [.. Connector(page.Platform).Extract(page.Fetched(url: url), page.Kind).Objects.Select(item => item.ObjectKey)];

    /// <summary>Each body gives objects or one reason why not; objects can be cleaned, and nothing throws.</summary>
    private static void AssertBears(ConnectorPage page, IEnumerable<(string Name, byte[] Body)> bodies)
    {
        foreach (var (name, body) in bodies)
        {
            var fetched = page.Fetched(body);
            Assert.That(() => Read(Connector(page.Platform), fetched, page.Kind), Throws.Nothing, $"{page} {name}");
        }
    }

    private static void Read(IPlatformConnector connector, FetchedPage page, CrawlKind kind)
    {
        var result = connector.Extract(page, kind);
        var ways = (result.Objects.Count > 0 ? 1 : 0) + (result.SkipReason is null ? 0 : 1) + (result.DefectReason is null ? 0 : 1);
        Assert.That(ways, Is.EqualTo(1), "a page has objects, or a reason to be skipped, or a defect");
        foreach (var item in result.Objects)
        {
            PageOutcome.Clean(connector.Platform, kind, item);
        }

        AssertLeadOn(page, [.. connector.FollowUps(page, kind)]);
    }

    private static void AssertLeadOn(FetchedPage page, List<CrawlTarget> targets)
    {
        Assert.That(targets.Select(target => target.Url), Is.Unique.And.None.EqualTo(CanonicalUrl.TryCreate(page.Url)));
        Assert.That(targets.Select(target => new Uri(target.FetchUrl ?? target.Url).Authority), Is.All.EqualTo(new Uri(page.Url).Authority));
    }

    private static IAsyncEnumerator<CrawlTarget> Plan(string platform, CrawlKind kind, ScriptedSite site, CancellationToken cancellationToken) =>
        Connector(platform).PlanTargetsAsync(new ConnectorFolder(platform).Plan, kind, site, cancellationToken).GetAsyncEnumerator(cancellationToken);

    private static async Task<List<CrawlTarget>> PlanAsync(string platform, CrawlKind kind, SitePlan plan, ScriptedSite? site = null)
    {
        var targets = new List<CrawlTarget>();
        var fetcher = site ?? new ScriptedSite(new ConnectorFolder(platform).SitePath);
        await foreach (var target in Connector(platform).PlanTargetsAsync(plan, kind, fetcher, CancellationToken.None))
        {
            targets.Add(target);
        }

        return targets;
    }

    private static async Task<bool> GoesOnAsync(IAsyncEnumerator<CrawlTarget> stream)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string UnderOtherCulture(Func<string> read)
    {
        var own = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NegativeSign) = (",", ".", "~");
        CultureInfo.CurrentCulture = other;
        try
        {
            return read();
        }
        finally
        {
            CultureInfo.CurrentCulture = own;
        }
    }
}
