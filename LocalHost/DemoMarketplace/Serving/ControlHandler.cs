using System.Text.Json.Nodes;
using Marketline.LocalHost.DemoMarketplace.Faults;
using Marketline.LocalHost.DemoMarketplace.Products;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>Steers the marketplace and tells what was asked of it: <c>/_control/…</c>.</summary>
internal sealed class ControlHandler(
    DemoMarketplaceOptions options,
    ShopClock clock,
    AttemptCounters attempts,
    IReadOnlyDictionary<string, RequestLog> logs
)
{
    public async Task HandleAsync(HttpContext context, string command)
    {
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (command == "state")
        {
            await Respond.JsonAsync(context, State(context));
        }
        else if (command == "requests")
        {
            var shops = logs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToJson()));
            await Respond.JsonAsync(context, new JsonObject(shops));
        }
        else if (isPost && command == "reset")
        {
            Reset();
            await Respond.JsonAsync(context, State(context));
        }
        else if (
            isPost
            && command.StartsWith("day/", StringComparison.Ordinal)
            && ShopCalendar.TryParseDay(command["day/".Length..], out var day)
        )
        {
            clock.Day = day;
            await Respond.JsonAsync(context, State(context));
        }
        else
        {
            await Respond.StatusAsync(
                context,
                StatusCodes.Status404NotFound,
                "GET state, GET requests, POST reset, POST day/{n}."
            );
        }
    }

    private void Reset()
    {
        attempts.Clear();
        foreach (var log in logs.Values)
        {
            log.Clear();
        }
    }

    private JsonObject State(HttpContext context)
    {
        var shops = logs.Keys.Select(name =>
        {
            var url = DemoMarketplaceServer.BaseUrl(name, context.Connection.LocalPort);
            return new JsonObject
            {
                ["name"] = name,
                ["url"] = url + "/",
                ["sitemap"] = url + "/sitemap.xml",
            };
        });
        return new JsonObject
        {
            ["day"] = clock.Day,
            ["date"] = ShopCalendar.Date(clock.Day).ToString("O"),
            ["seed"] = options.Seed,
            ["faultPercent"] = options.FaultPercent,
            ["shops"] = new JsonArray([.. shops]),
        };
    }
}
