using System.Text;
using Marketline.Platforms.Json;

namespace Marketline.Tests.Platforms.Json;

internal sealed class ScriptStateTests
{
    [TestCase("<script>window.state = {\"a\":{\"b\":1}};</script>", "{\"a\":{\"b\":1}}")]
    [TestCase("window.state={\"a\":\"} \\\" {\"}", "{\"a\":\"} \\\" {\"}")]
    [TestCase("window.state={\"a\":\"it's {\"}", "{\"a\":\"it's {\"}")]
    [TestCase("window.state = { data: {}, token: 'a{b\\'' };", "{ data: {}, token: 'a{b\\'' }")]
    [TestCase("window.state", null)]
    [TestCase("window.state = {\"a\":{", null)]
    [TestCase("window.state = 1;", null)]
    public void ObjectsBehind_Text_GivesTheWholeObject(string text, string? expected)
    {
        var found = Find(text);

        Assert.That(found, Is.EqualTo(expected is null ? [] : new[] { expected }));
    }

    [Test]
    public void ObjectsBehind_SeveralPlaces_GivesEachInTurn()
    {
        var found = Find("window.state = {}; window.state = {\"a\":{\"window.state\":{}}}; window.state = {\"b\":2};");

        Assert.That(found, Is.EqualTo(new[] { "{}", "{\"a\":{\"window.state\":{}}}", "{\"b\":2}" }));
    }

    /// <summary>Each place that does not end costs a pass over the page: there are few, however many there seem to be.</summary>
    [Test]
    [CancelAfter(20_000)]
    public void ObjectsBehind_PlacesThatNeverEnd_AreGivenUp()
    {
        var found = Find(string.Concat(Enumerable.Repeat("window.state = {", 500_000)));

        Assert.That(found, Is.Empty);
    }

    private static string[] Find(string text) => [.. ScriptState.ObjectsBehind(Encoding.UTF8.GetBytes(text), "window.state"u8).Select(state => Encoding.UTF8.GetString(state.Span))];
}
