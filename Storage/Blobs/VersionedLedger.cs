using Azure;
using Marketline.Core.Admission;

namespace Marketline.Storage.Blobs;

/// <param name="ETag">Null when there is no blob.</param>
internal sealed record VersionedLedger(AdmissionLedger Ledger, ETag? ETag)
{
    public static readonly VersionedLedger Absent = new(AdmissionLedger.Empty, null);
}
