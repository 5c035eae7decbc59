using System.Text;
using System.Text.Json;
using Marketline.Core.Datasets;

namespace Marketline.Tests.Core.Datasets;

public sealed class BatchOutcomeFileTests
{
    [Test]
    public void LineFormat_Outcome_IsOneShortLine()
    {
        var lines = new[]
        {
            new RecordOutcome("a", RecordOutcomeState.Unchanged),
            new RecordOutcome("b", RecordOutcomeState.Filtered, RecordOutcome.DuplicateReason),
        }.Select(outcome => JsonSerializer.Serialize(outcome, BatchOutcomeFile.LineFormat));

        Assert.That(
            lines,
            Is.EqualTo(
                new[]
                {
                    """{"objectKey":"a","state":"unchanged"}""",
                    """{"objectKey":"b","state":"filtered","reason":"duplicate"}""",
                }
            )
        );
    }

    [Test]
    public async Task ReadAsync_Lines_YieldsThemInOrder()
    {
        using var lines = Stream("{\"objectKey\":\"a\",\"state\":\"delivered\"}\n{\"objectKey\":\"b\",\"state\":\"unchanged\"}\n");

        var outcomes = await ReadAsync(lines);

        Assert.That(
            outcomes,
            Is.EqualTo(
                new[]
                {
                    new RecordOutcome("a", RecordOutcomeState.Delivered),
                    new RecordOutcome("b", RecordOutcomeState.Unchanged),
                }
            )
        );
    }

    [TestCase("{\"objectKey\":\"a\",\"state\":\"deliv")]
    [TestCase("null\n")]
    [TestCase("{\"objectKey\":\"a\",\"state\":\"elsewhere\"}\n")]
    public void ReadAsync_BrokenLine_Throws(string text)
    {
        using var lines = Stream(text);

        Assert.That(async () => await ReadAsync(lines), Throws.InstanceOf<JsonException>());
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<List<RecordOutcome>> ReadAsync(Stream lines)
    {
        var outcomes = new List<RecordOutcome>();
        await foreach (var outcome in BatchOutcomeFile.ReadAsync(lines, CancellationToken.None))
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }
}
