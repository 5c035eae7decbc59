using System.Text;
using Marketline.Core.Extract.Scoring;

namespace Marketline.Tests.Core.Extract.Scoring;

public sealed class ExtractionScorerTests
{
    private const string Truth = """
        {
          "right": { "url": "https://shop.example/1?a=b", "price": ["19.50 "], "sku": ["A1", "B1"], "availability": ["InStock"] },
          "wrong": { "url": "https://shop.example/2", "price": ["10"], "sku": ["C1"], "availability": ["OutOfStock"] },
          "missing": { "url": "https://shop.example/3", "price": ["7"], "availability": "InStock" },
          "none": { "url": "https://shop.example/4" }
        }
        """;

    [Test]
    public void Score_RightWrongMissingAndExtra_CountsEach()
    {
        var truth = Read(Truth);
        var found = new Dictionary<string, ScoredRecord>
        {
            ["right"] = new(19.5m, "B1", "InStock"),
            ["wrong"] = new(11m, "c1", "InStock"),
            ["none"] = new(5m, null, null),
        };

        var scores = ExtractionScorer.Score(truth, found);

        Assert.That(
            scores,
            Is.EqualTo(new[] { new FieldScore("price", 1, 2, 2), new FieldScore("sku", 1, 1, 1), new FieldScore("availability", 1, 1, 2) })
        );
        Assert.That((scores[0].Precision, scores[0].Recall, scores[0].F1), Is.EqualTo((1 / 3d, 1 / 3d, 1 / 3d)));
    }

    [Test]
    public void Score_NothingFound_IsZero()
    {
        var scores = ExtractionScorer.Score(Read(Truth), new Dictionary<string, ScoredRecord>());

        Assert.That(scores.Select(score => score.F1), Is.All.EqualTo(0));
    }

    [Test]
    public void Read_GroundTruth_KeepsUrlsWhole()
    {
        var truth = Read(Truth);

        Assert.That(truth["right"].Url, Is.EqualTo("https://shop.example/1?a=b"));
        Assert.That(truth["right"].Accepted["price"], Is.EqualTo(new[] { "19.50" }));
    }

    [TestCase("[]")]
    [TestCase("{\"a\":")]
    [TestCase("{\"a\": {}}")]
    [TestCase("{\"a\": 5}")]
    public void Read_OtherForm_SaysWhatIsWrong(string json)
    {
        Assert.Throws<FormatException>(() => Read(json));
    }

    private static IReadOnlyDictionary<string, GroundTruthPage> Read(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return GroundTruth.Read(stream);
    }
}
