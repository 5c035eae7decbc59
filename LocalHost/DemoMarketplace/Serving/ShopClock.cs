namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>The day that all shops show.</summary>
internal sealed class ShopClock(int day)
{
    private volatile int _day = day;

    public int Day
    {
        get => _day;
        set => _day = value;
    }
}
