using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Unknown;

namespace Marketline.Tests.Functions.Http.Unknown;

[Parallelizable(ParallelScope.All)]
public sealed class UnknownRoutesTests
{
    private static readonly UnknownRoutes Routes = new(new ApiCatalog());

    [TestCase("/api/health", "GET")]
    [TestCase("/API/Plans/products", "PUT")]
    [TestCase("/api/keys", "GET, POST")]
    [TestCase("/api/nothing", "")]
    [TestCase("/api", "")]
    [TestCase("/api/keys/5f0c2a9d7e4b1836/rotate/again", "")]
    public void MethodsOf_Path_ContainsThoseThatItTakes(string path, string expected)
    {
        var methods = Routes.MethodsOf(path);

        Assert.That(methods, Is.SupersetOf(expected.Split(", ", StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(methods.Count == 0, Is.EqualTo(expected.Length == 0));
    }

    [TestCase("/api/plan", "/api/plans")]
    [TestCase("/api/dataset/latest_offers/rows", "/api/datasets/{name}/rows")]
    [TestCase("/api/run/demobrand-products-20261121T031500Z", "/api/runs/{runId}")]
    [TestCase("/api/healthz", "/api/health")]
    public void Near_WrongPath_NamesTheRightOneFirst(string path, string expected)
    {
        var near = Routes.Near(path).ToList();

        Assert.That(near, Has.Count.EqualTo(3));
        Assert.That(near[0], Does.EndWith($" {expected}"));
    }

    [Test]
    public void Near_LongPath_IsAnswered()
    {
        var path = $"/api/{new string('x', 8_000)}/{string.Concat(Enumerable.Repeat("a/", 4_000))}";

        Assert.That(Routes.Near(path).ToList(), Has.Count.EqualTo(3));
    }
}
