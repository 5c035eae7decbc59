using System.Text;
using Marketline.Platforms.Json;

namespace Marketline.Tests.Platforms.Json;

internal sealed class JsonSpotTests
{
    private const string Document = """{"a":{"b":[{"c":"x"},{"c":7},{"c":null},{"c":["y"]},5]},"half":"\ud83d","blank":" ","no":false,"n":12,"text":"34"}""";

    [Test]
    public void Path_OfWhatIsThereAndWhatIsNot_LeadsToIt() =>
        Read(root =>
        {
            var items = root["a"]["b"].Items().ToList();

            Assert.That(items.Select(item => item["c"].Path), Is.EqualTo(new[] { "a.b[0].c", "a.b[1].c", "a.b[2].c", "a.b[3].c", "a.b[4].c" }));
            Assert.That(items.Select(item => item["c"].Text), Is.EqualTo(new[] { "x", "7", null, null, null }));
            Assert.That(root["z"]["y"].Path, Is.EqualTo("z.y"));
        });

    [Test]
    public void Text_HalfACharacterNullOrAnotherType_IsNone() =>
        Read(root =>
        {
            var texts = new[] { root["half"], root["no"], root["a"], root["z"]["y"] }.Select(spot => spot.Text);

            Assert.That(texts, Is.All.Null);
            Assert.That((root["n"].Number, root["text"].Number, root["half"].Number), Is.EqualTo((12, 34, (int?)null)));
            Assert.That((root["no"].IsFalse, root["z"].IsFalse, root["a"].Items().Count(), root["a"]["b"].Members().Count()), Is.EqualTo((true, false, 0, 0)));
        });

    [Test]
    public void FirstTextAndOr_Blank_GoOnToTheNext() =>
        Read(root =>
        {
            Assert.That(root.FirstText("missing", "blank", "half", "text", "n").Path, Is.EqualTo("text"));
            Assert.That(root["blank"].Or(root["n"]).Path, Is.EqualTo("n"));
        });

    [TestCase("")]
    [TestCase("{\"a\":1")]
    [TestCase("<html>")]
    public void TryRead_NoJson_GivesNothing(string text)
    {
        var read = JsonText.TryRead(Encoding.UTF8.GetBytes(text), root => root["a"].Text ?? "none");

        Assert.That(read, Is.Null);
    }

    private static void Read(Action<JsonSpot> check)
    {
        var wasRead = JsonText.TryRead(
            Encoding.UTF8.GetBytes(Document),
            root =>
            {
                check(root);
                return "read";
            }
        );

        Assert.That(wasRead, Is.EqualTo("read"));
    }
}
