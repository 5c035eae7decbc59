using System.Reflection;
using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Extract;
using Marketline.Core.Json;
using Marketline.Core.Naming;

namespace Marketline.Platforms;

/// <summary>
/// Names the code and the selectors that pages are read and cleaned with. A page that has not changed may still give other objects with others, so what is
/// known of it holds only for the same version.
/// </summary>
public static class ExtractionVersion
{
    /// <summary>Of this build, for a site's selectors: the compiler derives the ids from the sources.</summary>
    public static string Of(IReadOnlyList<FieldOverride>? selectors) =>
        selectors is { Count: > 0 } ? $"{Current}-{Digest.Of(JsonSerializer.SerializeToUtf8Bytes(selectors, JsonFormat.Options))}" : Current;

    private static string Current { get; } = $"{IdOf(typeof(ExtractionVersion).Assembly)}-{IdOf(typeof(OfferCleaner).Assembly)}";

    private static string IdOf(Assembly assembly) => assembly.ManifestModule.ModuleVersionId.ToString("N");
}
