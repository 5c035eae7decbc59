using Marketline.Analytics.Query;

namespace Marketline.Tests.Analytics.Query;

public sealed class RowQueryTextTests
{
    private static readonly DatasetSchema Schema = DatasetSchemas.LatestOffers;

    private static readonly DatasetSchema Typed = new(
        "typed",
        "All kinds of columns.",
        ["t"],
        [
            new("t", "VARCHAR", false, ""), new("i", "BIGINT", true, ""), new("n", "DOUBLE", true, ""), new("d", "DECIMAL(9,4)", true, ""),
            new("b", "BOOLEAN", true, ""), new("day", "DATE", true, ""), new("at", "TIMESTAMPTZ", true, ""),
        ]
    );

    private static IEnumerable<TestCaseData> Values =>
    [
        new("t:eq:", ""),
        new("t:eq:a:b:c", "a:b:c"),
        new("i:eq:-12", -12L),
        new("n:lt:1.5e3", 1500d),
        new("d:ge:19.99", 19.99m),
        new("d:ge:-0.5000", -0.5m),
        new("b:eq:true", true),
        new("day:eq:2026-11-21", new DateOnly(2026, 11, 21)),
        new("at:gt:2026-11-21", new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero)),
        new("at:gt:2026-11-21T10:30", new DateTimeOffset(2026, 11, 21, 10, 30, 0, TimeSpan.Zero)),
        new("at:gt:2026-11-21T10:30:00.25+02:00", new DateTimeOffset(2026, 11, 21, 8, 30, 0, 250, TimeSpan.Zero)),
    ];

    [TestCaseSource(nameof(Values))]
    public void TryRead_Value_HasTheTypeOfItsColumn(string filter, object expected)
    {
        var query = new RowQueryText { Filters = [filter] }.TryRead(Typed, out _);

        Assert.That(query?.Filters.Single().Values.Single(), Is.EqualTo(expected));
    }

    [TestCase("i:eq:1.5", "whole number")]
    [TestCase("i:eq:", "whole number")]
    [TestCase("i:eq:99999999999999999999", "whole number")]
    [TestCase("n:eq:NaN", "number")]
    [TestCase("n:eq:Infinity", "number")]
    [TestCase("n:eq:1e999", "number")]
    [TestCase("d:eq:19,99", "number")]
    [TestCase("d:eq:1e3", "number")]
    [TestCase("d:eq:0.00001", "DECIMAL(9,4)")]
    [TestCase("d:eq:100000", "DECIMAL(9,4)")]
    [TestCase("d:eq:99999999999999999999999999999999999", "DECIMAL(9,4)")]
    [TestCase("d:eq:１９", "number")]
    [TestCase("b:eq:1", "true or false")]
    [TestCase("day:eq:21.11.2026", "2026-11-21")]
    [TestCase("at:gt:yesterday", "%2B")]
    [TestCase("at:gt:2026-11-21T10:30:00 02:00", "%2B")]
    [TestCase("i:in:1,x", "whole number")]
    [TestCase("t:in:\"a", "1 to 100 values")]
    [TestCase("t:in:\"a\"b", "1 to 100 values")]
    [TestCase("i:contains:1", "BIGINT")]
    [TestCase("t:isnull:1", "does not take")]
    [TestCase("t:like:a", "contains, eq")]
    [TestCase("t:EQ:a", "contains, eq")]
    [TestCase("t::a", "contains, eq")]
    [TestCase("t:eq", "no value")]
    [TestCase("t", "<column>:<operator>:<value>")]
    [TestCase("", "<column>:<operator>:<value>")]
    [TestCase("T:eq:a", "names no column")]
    [TestCase("t; DROP TABLE x; --:eq:1", "names no column")]
    [TestCase("\"t\":eq:1", "names no column")]
    [TestCase("filename:eq:/etc/passwd", "names no column")]
    [TestCase("ｔ:eq:a", "names no column")]
    public void TryRead_WrongFilter_SaysWhatWasExpected(string filter, string expected)
    {
        var query = new RowQueryText { Filters = [filter] }.TryRead(Typed, out var problems);

        Assert.That(query, Is.Null);
        Assert.That(problems["filter"].Single(), Does.Contain(expected));
    }

    [TestCase("a", "a")]
    [TestCase("a,b", "a|b")]
    [TestCase("a,", "a|")]
    [TestCase("\"a,b\",c", "a,b|c")]
    [TestCase("\"say \"\"hi\"\"\"", "say \"hi\"")]
    [TestCase("\"\",x", "|x")]
    [TestCase("it's, ok", "it's| ok")]
    public void TryRead_List_IsSplitAsCsvIs(string list, string expected)
    {
        var query = new RowQueryText { Filters = [$"t:in:{list}"] }.TryRead(Typed, out _);

        Assert.That(string.Join('|', query!.Filters.Single().Values), Is.EqualTo(expected));
    }

    [Test]
    public void TryRead_TooMuch_IsRefusedAtOnce()
    {
        var many = Enumerable.Repeat("price:gt:1", 10_000).ToArray();
        var longValue = "name:eq:" + new string('x', 100_000);
        var longList = "name:in:" + string.Join(',', Enumerable.Repeat("x", 500));

        var problems = new[]
        {
            Problems(new RowQueryText { Filters = many }),
            Problems(new RowQueryText { Filters = [longValue] }),
            Problems(new RowQueryText { Filters = [longList] }),
            Problems(new RowQueryText { Sort = string.Join(',', Enumerable.Repeat("name", 10_000)) }),
            Problems(new RowQueryText { Columns = string.Join(',', Enumerable.Repeat("name", 10_000)) }),
        };

        Assert.That(problems.Select(found => found.Count), Is.All.EqualTo(1));
        Assert.That(problems.SelectMany(found => found.Values).SelectMany(texts => texts).Select(text => text.Length), Is.All.LessThan(400));
    }

    [TestCase("price:up")]
    [TestCase("price:desc:asc")]
    [TestCase("nothing")]
    [TestCase("name,")]
    [TestCase("name,price,name")]
    [TestCase("name,price,sku,brand")]
    [TestCase("price desc; DROP TABLE x")]
    public void TryRead_WrongSort_IsRefused(string sort) => Assert.That(Problems(new RowQueryText { Sort = sort }).Keys, Is.EqualTo(new[] { "sort" }));

    [TestCase("nothing")]
    [TestCase("name,name")]
    [TestCase("*")]
    [TestCase("name,(SELECT 1)")]
    public void TryRead_WrongColumns_AreRefused(string columns) => Assert.That(Problems(new RowQueryText { Columns = columns }).Keys, Is.EqualTo(new[] { "columns" }));

    [Test]
    public void TryRead_SeveralMistakes_NamesThemAll()
    {
        var problems = Problems(new RowQueryText { Filters = ["a:b", "price:eq:x", "name:eq:ok"], Sort = "x", Columns = "y" });

        Assert.That(problems.Keys, Is.EquivalentTo(new[] { "filter", "sort", "columns" }));
        Assert.That(problems["filter"], Has.Length.EqualTo(2));
    }

    [Test]
    public void TotalOrder_Sort_EndsWithTheKey()
    {
        var query = new RowQueryText { Sort = "price:desc,platform" }.TryRead(Schema, out _)!;

        Assert.That(query.TotalOrder.Select(sort => $"{sort.Column.Name}:{sort.IsDescending}"), Is.EqualTo(new[] { "price:True", "platform:False", "object_key:False" }));
    }

    [Test]
    public void RowIdentity_OtherValue_IsAnotherOne()
    {
        var identities = new[] { "name:eq:a", "name:eq:b", "name:ne:a", "name:in:a", "sku:eq:a" }
            .Select(filter => new RowQueryText { Filters = [filter] }.TryRead(Schema, out _)!.RowIdentity);

        Assert.That(identities, Is.Unique);
    }

    private static IReadOnlyDictionary<string, string[]> Problems(RowQueryText text)
    {
        Assert.That(text.TryRead(Schema, out var problems), Is.Null);
        return problems;
    }
}
