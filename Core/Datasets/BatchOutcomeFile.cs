using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Marketline.Core.Datasets;

/// <summary>
/// What became of a batch's records, as a local file of JSON lines, one <see cref="RecordOutcome"/> a record, by object key.
/// The three counts add up to the batch's records.
/// </summary>
public sealed record BatchOutcomeFile(int Batch, string Path, int DeliveredCount, int UnchangedCount, int FilteredCount)
{
    public static readonly JsonSerializerOptions LineFormat = new(JsonSerializerDefaults.Web);

    /// <summary>Reads such a file line by line.</summary>
    public static async IAsyncEnumerable<RecordOutcome> ReadAsync(
        Stream lines,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var outcomes = JsonSerializer.DeserializeAsyncEnumerable<RecordOutcome>(
            lines,
            topLevelValues: true,
            LineFormat,
            cancellationToken
        );
        await foreach (var outcome in outcomes)
        {
            yield return outcome ?? throw new JsonException("An outcome line is null.");
        }
    }
}
