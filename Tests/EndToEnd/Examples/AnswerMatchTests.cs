using System.Text.Json.Nodes;

namespace Marketline.Tests.EndToEnd.Examples;

[Parallelizable(ParallelScope.All)]
public sealed class AnswerMatchTests
{
    [TestCase("""{"a": 1}""", """{"a": 1, "b": 2}""")]
    [TestCase("""{"a": [2]}""", """{"a": [1, 2, 3]}""")]
    [TestCase("""{"a": []}""", """{"a": []}""")]
    [TestCase("""{"id": "x", "n": {"id": "y"}}""", """{"id": "p", "n": {"id": "q"}}""")]
    [TestCase("""{"atUtc": "2026-11-21T03:15:00Z"}""", """{"atUtc": "2027-01-02T03:04:05.678+00:00"}""")]
    [TestCase("""{"blob": "gold/dt=2026-11-21/a"}""", """{"blob": "gold/dt=2027-01-02/a"}""")]
    public void Difference_AnswerAsShown_IsNone(string shown, string real) => Assert.That(Difference(shown, real), Is.Null);

    [TestCase("""{"a": 1}""", """{"a": 2}""", "/a")]
    [TestCase("""{"a": 1}""", """{"b": 1}""", "/a is not there")]
    [TestCase("""{"a": "1"}""", """{"a": 1}""", "/a")]
    [TestCase("""{"a": []}""", """{"a": [1]}""", "an empty list is expected")]
    [TestCase("""{"a": [1, 1]}""", """{"a": [1, 2]}""", "/a/1 is not there")]
    [TestCase("""{"id": "x"}""", """{"id": 5}""", "/id")]
    [TestCase("""{"a": true}""", """{"a": false}""", "/a")]
    public void Difference_AnswerIsAnother_SaysWhere(string shown, string real, string expected) => Assert.That(Difference(shown, real), Does.Contain(expected));

    [Test]
    public void Difference_ValueToRemember_IsTakenFromTheElementThatFits()
    {
        var match = new AnswerMatch([], ["/0/key"]);

        var difference = match.Difference(JsonNode.Parse("""[{"key": "k", "name": "b"}]"""), JsonNode.Parse("""[{"key": "1", "name": "a"}, {"key": "2", "name": "b"}]"""));

        Assert.That(difference, Is.Null);
        Assert.That(match.Remembered, Is.EqualTo(new Dictionary<string, string> { ["k"] = "2" }));
    }

    [Test]
    public void StandIns_IdInsideAnother_IsReplacedAsAWhole()
    {
        var standIns = new StandIns();
        standIns.Add("demobrand", "t1");
        standIns.Add("demobrand-p-1", "t1-p-2");

        Assert.That(standIns.ToReal("demobrand demobrand-p-1"), Is.EqualTo("t1 t1-p-2"));
        Assert.That(standIns.ToShown("t1-p-2/t1"), Is.EqualTo("demobrand-p-1/demobrand"));
    }

    private static string? Difference(string shown, string real) => new AnswerMatch(["id"], []).Difference(JsonNode.Parse(shown), JsonNode.Parse(real));
}
