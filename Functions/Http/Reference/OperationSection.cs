using System.Text.Json.Nodes;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.OpenApi;
using Marketline.Functions.Http.Operations;

namespace Marketline.Functions.Http.Reference;

/// <summary>One operation on the page: what it takes and gives on the left, examples on the right.</summary>
internal sealed class OperationSection(JsonObject document, ApiOperation operation, IReadOnlyList<ApiExample> examples)
{
    private const string ProblemJson = "application/problem+json";

    private readonly SchemaView _schemas = new(document);

    private readonly JsonObject _json = document["paths"]![operation.Path]![operation.Methods[0].ToLowerInvariant()]!.AsObject();

    public Html Write() =>
        Html.Of(
            $"""
            <article class="op" id="{operation.Id}" data-find="{Words()}">
            <div class="what">
            <h3><a href="#{operation.Id}">{operation.About.Summary}</a></h3>
            <p class="route">{Method(operation)}<code>{operation.Path}</code>{Role(operation.Access)}</p>
            {Markdown.ToHtml(operation.About.Description)}
            {Parameters()}{Body()}{Answers()}
            </div>
            <div class="show">{Html.Join(examples.Select((example, i) => Example(example, i == 0)))}</div>
            </article>

            """
        );

    public static Html Method(ApiOperation operation) => Html.Of($"<span class=\"m {operation.Methods[0].ToLowerInvariant()}\">{operation.Methods[0]}</span> ");

    private static Html Role(EndpointAccess access) =>
        access switch
        {
            EndpointAccess.Anyone => Html.Of($"<span class=\"role\">no key needed</span>"),
            EndpointAccess.AnyKey => Html.Of($"<span class=\"role\">any key</span>"),
            EndpointAccess.Reader => Html.Of($"<span class=\"role\" title=\"Owner and reader keys of the tenant\">reader</span>"),
            EndpointAccess.Owner => Html.Of($"<span class=\"role owner\" title=\"Owner keys of the tenant\">owner</span>"),
            _ => Html.Of($"<span class=\"role admin\" title=\"Admin keys of the installation\">admin</span>"),
        };

    private string Words()
    {
        var names = operation.Pattern.Parameters.Select(parameter => parameter.Name).Concat(operation.Query.Select(query => query.Name));
        return $"{operation.About.Summary} {operation.Id} {string.Join('|', operation.Methods)} {operation.Path} {ApiTag.Of(operation.Route).Name} {string.Join(' ', names)}".ToLowerInvariant();
    }

    /// <summary>Those of the path and the query, then the header fields, which are the same nearly everywhere, to be opened.</summary>
    private Html Parameters()
    {
        var all = _json["parameters"]!.AsArray().Select(parameter => Resolve(parameter!)).ToLookup(parameter => (string)parameter["in"]! == "header");
        var own = all[false].Any() ? Html.Of($"<h4>Parameters</h4><ul class=\"fields\">{Html.Join(all[false].Select(Parameter))}</ul>") : Html.Empty;
        var headers = Html.Of($"<details class=\"more\"><summary>Header fields</summary><ul class=\"fields\">{Html.Join(all[true].Select(Parameter))}</ul></details>");
        return Html.Of($"{own}{headers}");
    }

    private Html Parameter(JsonNode parameter)
    {
        var must = (bool?)parameter["required"] == true ? Html.Of($" <span class=\"must\">required</span>") : Html.Empty;
        return Html.Of(
            $"""
            <li><code class="name">{(string?)parameter["name"]}</code> <span class="type">{(string?)parameter["in"]}, {SchemaView.TypeOf(parameter["schema"]!)}</span>{must}
            {Markdown.ToHtml((string?)parameter["description"])}{_schemas.About(parameter["schema"]!)}</li>
            """
        );
    }

    private Html Body() =>
        _json["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema
            ? Html.Of($"<h4>Body <span class=\"type\">{SchemaView.TypeOf(schema)}</span></h4>{_schemas.Fields(schema, isSent: true)}")
            : Html.Empty;

    private Html Answers()
    {
        var answers = _json["responses"]!.AsObject().Select(answer => (Status: answer.Key, Json: Resolve(answer.Value!))).ToLookup(answer => IsProblem(answer.Json));
        var good = Html.Join(answers[false].Select(answer => Answer(answer.Status, answer.Json)));
        var bad = Html.Join(answers[true].Select(answer => Html.Of($"<a href=\"#problem-{answer.Status}\" title=\"{(string?)answer.Json["description"]}\">{answer.Status}</a> ")));
        return Html.Of($"<h4>Answers</h4><ul class=\"fields\">{good}<li><span class=\"type\">Problems</span> <span class=\"statuses\">{bad}</span></li></ul>");
    }

    private Html Answer(string status, JsonNode answer)
    {
        var head = Html.Of($"<code class=\"name\">{status}</code> {Markdown.Inline((string?)answer["description"])}");
        if (answer["content"] is not JsonObject content)
        {
            return Html.Of($"<li>{head}</li>");
        }

        var types = content.Select(type => Html.Of($"<span class=\"type\">{(type.Key == "application/json" ? SchemaView.TypeOf(type.Value!["schema"]!) : type.Key)}</span> "));
        var fields = content["application/json"]?["schema"] is { } schema ? _schemas.Fields(schema, isSent: false) : Html.Empty;
        return fields.IsEmpty
            ? Html.Of($"<li>{head} {Html.Join(types)}</li>")
            : Html.Of($"<li><details><summary>{head} {Html.Join(types)}</summary>{fields}</details></li>");
    }

    private Html Example(ApiExample example, bool isFirst)
    {
        var open = isFirst ? Html.Of($" open") : Html.Empty;
        var headers = string.Concat(example.Answer.Headers.Select(header => $"{header.Key}: {header.Value}\n"));
        var isLines = example.TypeOf(operation) == "application/x-ndjson";
        var body = example.Answer.Body is { } answer ? JsonText.ToHtml(ExampleText.Shown(answer, isLines)) : Html.Empty;
        var kind = example.Answer.Status >= 400 ? "bad" : "good";
        return Html.Of(
            $"""
            <details class="example"{open}><summary><span class="status {kind}">{example.Answer.Status}</span> {example.Summary}</summary>
            <div class="code"><button type="button" class="copy">Copy</button><pre tabindex="0"><code class="curl">{CurlLine.Of(operation, example)}</code></pre></div>
            <pre tabindex="0" class="answer"><code>{headers}{body}</code></pre></details>
            """
        );
    }

    private JsonNode Resolve(JsonNode node)
    {
        if ((string?)node["$ref"] is not { } reference)
        {
            return node;
        }

        return reference.Split('/').Skip(1).Aggregate((JsonNode)document, (found, name) => found[name]!);
    }

    private static bool IsProblem(JsonNode answer) => answer["content"] is JsonObject content && content.ContainsKey(ProblemJson);
}
