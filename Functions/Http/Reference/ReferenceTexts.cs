using Marketline.Core.Json;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.OpenApi;
using Marketline.Functions.Http.Operations;

namespace Marketline.Functions.Http.Reference;

/// <summary>The OpenAPI document and the reference page, each made when it is first asked for.</summary>
public sealed class ReferenceTexts
{
    private readonly Lazy<PreparedAnswer> _openApi;
    private readonly Lazy<PreparedAnswer> _page;

    internal ReferenceTexts(ApiCatalog catalog, ApiExamples examples)
    {
        var document = new ApiDocument(catalog, examples);
        _openApi = new(() => new PreparedAnswer(document.Json.ToJsonString(JsonFormat.Options), "application/json; charset=utf-8"));
        _page = new(() => new PreparedAnswer(ReferencePage.Write(document.Json, catalog, examples), "text/html; charset=utf-8"));
    }

    internal PreparedAnswer OpenApi => _openApi.Value;

    internal PreparedAnswer Page => _page.Value;
}
