using System.Text.Json.Nodes;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.OpenApi;
using Marketline.Functions.Http.Operations;

namespace Marketline.Functions.Http.Reference;

/// <summary>
/// The reference page: one self-contained text. It can be read without its script, which adds searching, copying, and the address
/// that the page was opened at.
/// </summary>
internal static class ReferencePage
{
    public static string Write(JsonObject document, ApiCatalog catalog, ApiExamples examples)
    {
        var groups = catalog.Documented
            .GroupBy(operation => ApiTag.Of(operation.Route))
            .OrderBy(group => group.Key.Order)
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .ToList();
        var title = $"{(string?)document["info"]!["title"]}";
        return Html.Of(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title} {ApiDocument.Version}</title>
            <link rel="icon" href="data:,">
            <style>{Html.Raw(ReferenceAssets.Style)}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header>
            <button type="button" id="menu" aria-expanded="false" aria-controls="nav">Menu</button>
            <a class="brand" href="#main">{title}</a> <span class="version">{ApiDocument.Version}</span>
            <input type="search" id="search" placeholder="Search" aria-label="Search the operations" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
            <a class="file" href="openapi.json">openapi.json</a>
            </header>
            <nav id="nav" aria-label="Contents">{Navigation(groups)}</nav>
            <main id="main" tabindex="-1">
            <p id="found" role="status"></p>
            <section class="text" id="conventions">
            <h1>{title}</h1>
            {Markdown.ToHtml(ApiConventions.Markdown)}
            <h3 id="problems">Problems</h3>
            {Problems()}
            </section>
            {Html.Join(groups.Select(group => Group(group.Key, group, document, examples)))}
            </main>
            <script>{Html.Raw(ReferenceAssets.Script)}</script>
            </body>
            </html>

            """
        ).ToString();
    }

    private static Html Navigation(IEnumerable<IGrouping<ApiTag, ApiOperation>> groups)
    {
        var headings = Markdown.Headings(ApiConventions.Markdown).Append("Problems").Select(heading => Html.Of($"<li><a href=\"#{Markdown.Slug(heading)}\">{heading}</a></li>"));
        var operations = groups.Select(group => Html.Of($"<h2>{group.Key.Name}</h2><ul>{Html.Join(group.Select(Link))}</ul>"));
        return Html.Of($"<h2>Conventions</h2><ul>{Html.Join(headings)}</ul>{Html.Join(operations)}");

        static Html Link(ApiOperation operation) =>
            Html.Of($"<li><a href=\"#{operation.Id}\" data-op=\"{operation.Id}\">{OperationSection.Method(operation)}{operation.About.Summary}</a></li>");
    }

    private static Html Problems()
    {
        var rows = ProblemAnswers.All.Select(problem =>
            Html.Of($"<tr id=\"problem-{problem.Status}\"><th scope=\"row\"><code>{problem.Status}</code></th><td>{Markdown.Inline(problem.Meaning)}</td><td>{Markdown.Inline(problem.WhatToDo)}</td></tr>")
        );
        return Html.Of(
            $"""
            <div class="wide"><table><thead><tr><th scope="col">Status</th><th scope="col">What it means</th><th scope="col">What to do</th></tr></thead>
            <tbody>{Html.Join(rows)}</tbody></table></div>
            """
        );
    }

    private static Html Group(ApiTag tag, IEnumerable<ApiOperation> operations, JsonObject document, ApiExamples examples)
    {
        var sections = operations.Select(operation => new OperationSection(document, operation, examples.Of(operation.Id)).Write());
        return Html.Of(
            $"""
            <section class="group" id="{Markdown.Slug(tag.Name)}">
            <h2>{tag.Name}</h2>
            {Markdown.ToHtml(tag.Description)}
            {Html.Join(sections)}</section>

            """
        );
    }
}
