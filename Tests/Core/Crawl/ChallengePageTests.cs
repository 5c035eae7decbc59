using System.IO.Compression;
using System.Text;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class ChallengePageTests
{
    [TestCase("<html><script>window._cf_chl_opt={cvId:'3'}</script></html>")]
    [TestCase("<form method=\"get\" action=\"/errors/validateCaptcha\"><h4>Enter the characters you see below</h4></form>")]
    [TestCase("<html><script>var dd={'rt':'c'}</script><script src=\"https://ct.captcha-delivery.com/c.js\"></script></html>")]
    [TestCase("<iframe src=\"/_Incapsula_Resource?CWUDNSAI=9&xinfo=10\">Request unsuccessful. Incapsula incident ID: 485-10</iframe>")]
    [TestCase("<html><head><script src=\"/_Incapsula_Resource?SWJIYLWA=5074a744e2,719d\"></script></head><body></body></html>")]
    [TestCase("<head><noscript><title>Pardon Our Interruption</title></noscript></head>")]
    [TestCase("<meta name=\"description\" content=\"px-captcha\"><title>Access to this page has been denied</title>")]
    [TestCase("<div id=\"sec-if-cpt-container\"></div><script src=\"/_sec/cp_challenge/sec-cpt-4-3.js\"></script>")]
    [TestCase("<script>window.gokuProps = {\"key\":\"AQ\"};</script><script src=\"https://x.token.awswaf.com/challenge.js\"></script>")]
    [TestCase("<script src=\"/149e9513/ips.js\"></script><script>window.KPSDK={};KPSDK.now=1</script>")]
    [TestCase("<script>sessionStorage.x5referer=1;window.location.replace('/p//_____tmd_____/punish?x5secdata=abc')</script>")]
    [TestCase("<title>Robot Check</title><div class=\"g-recaptcha\" data-sitekey=\"k\"></div>")]
    [TestCase("<title>Security Check | Shop</title><div class=\"h-captcha\"></div>")]
    public void FindMarker_ChallengeOfAKnownService_IsFound(string body)
    {
        Assert.That(ChallengePage.FindMarker(Encoding.UTF8.GetBytes(body)), Is.Not.Null);
    }

    [TestCase("<title>Kettle</title><form id=newsletter><div class=\"g-recaptcha\"></div></form>")]
    [TestCase("<title>Robot vacuum cleaner</title><div class=\"h-captcha\"></div>")]
    [TestCase("<title>Security camera check-up</title><h1>Security check</h1>")]
    [TestCase("<title>Kettle</title><script src=\"https://www.google.com/recaptcha/api.js\"></script><script src=\"https://js.datadome.co/tags.js\"></script>")]
    public void FindMarker_PageWithAServicesScript_IsNone(string body)
    {
        Assert.That(ChallengePage.FindMarker(Encoding.UTF8.GetBytes(body)), Is.Null);
    }

    [Test]
    public void FindMarker_WatchedPageOfNormalSize_IsNone()
    {
        var page = "<title>Kettle</title><script src=\"/_Incapsula_Resource?SWJIYLWA=5\"></script><script>window._pxAppId='PX';window.KPSDK={}</script>"
            + string.Concat(Enumerable.Repeat("<p>A good kettle.</p>", 1_000));

        Assert.That(ChallengePage.FindMarker(Encoding.UTF8.GetBytes(page)), Is.Null);
    }

    [Test]
    public void FindMarker_RealProductPages_AreNone()
    {
        var folder = Path.Combine(RepositoryPaths.Root, "..", "shared", "corpus", "product-pages", "html");
        if (!Directory.Exists(folder))
        {
            Assert.Ignore("The saved pages are not there.");
        }

        var found = Directory.EnumerateFiles(folder, "*.html.gz").Where(path => ChallengePage.FindMarker(Unzipped(path)) is not null);

        Assert.That(found, Is.Empty);
    }

    [TestCase("https://shop.example/p", "https://shop.example/customer/account/login/", FetchReasons.BlockedLogin)]
    [TestCase("https://shop.example/p", "https://accounts.shop.example/", FetchReasons.BlockedLogin)]
    [TestCase("https://shop.example/p", "https://guce.shop.example/consent?x=1", FetchReasons.BlockedConsent)]
    [TestCase("https://shop.example/p", "https://shop.example/login-shirts", null)]
    [TestCase("https://shop.example/p", "https://shop.example/p/2?from=login", null)]
    [TestCase("https://shop.example/books/consent/1", "https://shop.example/books/consent/2", null)]
    [TestCase("https://accounts.example/p", "https://accounts.example/login", null)]
    public void Find_RedirectTarget_IsJudgedByItsAddress(string asked, string redirectedTo, string? reason)
    {
        Assert.That(WallAddress.Find(new Uri(asked), new Uri(redirectedTo)), Is.EqualTo(reason));
    }

    private static byte[] Unzipped(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var page = new MemoryStream();
        gzip.CopyTo(page);
        return page.ToArray();
    }
}
