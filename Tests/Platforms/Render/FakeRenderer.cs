using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Render;

namespace Marketline.Tests.Platforms.Render;

/// <summary>Stands for the browser: makes of each page what a test says, and remembers what it was given.</summary>
internal sealed class FakeRenderer(Func<RenderRequest, RenderResult> render) : IPageRenderer
{
    private readonly List<RenderRequest> _requests = [];

    public string? Unavailability { get; init; }

    public IReadOnlyList<RenderRequest> Requests => _requests;

    public static FakeRenderer Building(string html) => new(_ => new RenderResult { Html = Encoding.UTF8.GetBytes(html) });

    public static FakeRenderer Failing(string reason) => new(_ => new RenderResult { Failure = new FetchFailure(reason, "It did.") });

    public static FakeRenderer Missing() =>
        new(_ => new RenderResult { Failure = new FetchFailure(FetchReasons.RenderUnavailable, "There is none.") }) { Unavailability = "There is none." };

    public Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }

        return Task.FromResult(render(request));
    }
}
