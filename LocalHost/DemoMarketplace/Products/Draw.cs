namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>
/// Chance as a pure function of (seed, shop, product, purpose, n): no state, so that any product of any day costs the same
/// and comes out the same. The mixing step is SplitMix64's finaliser (https://prng.di.unimi.it/splitmix64.c).
/// </summary>
internal readonly struct Draw
{
    private readonly ulong _stream;

    private Draw(ulong stream) => _stream = stream;

    public static Draw For(int seed, string shop)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in shop)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return new Draw(Mix(hash + Mix((ulong)(uint)seed)));
    }

    public Draw Item(int index) => new(Mix(_stream + (0x9E3779B97F4A7C15UL * (ulong)(index + 1))));

    public int Below(int bound, DrawPurpose purpose, int n = 0) => (int)(Number(purpose, n) % (ulong)bound);

    public bool Percent(int percent, DrawPurpose purpose, int n = 0) => Below(100, purpose, n) < percent;

    public T Pick<T>(IReadOnlyList<T> items, DrawPurpose purpose, int n = 0) => items[Below(items.Count, purpose, n)];

    private ulong Number(DrawPurpose purpose, int n) => Mix(_stream ^ Mix(((ulong)purpose << 32) | (uint)n));

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
