using Marketline.Platforms.Render;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Marketline.Tests.Platforms.Render;

/// <summary>The category <c>Browser</c>; left out, with the reason, on a machine without one. CI installs one.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsBrowserAttribute : CategoryAttribute, IApplyToTest
{
    public NeedsBrowserAttribute()
        : base("Browser")
    {
    }

    void IApplyToTest.ApplyToTest(Test test)
    {
        test.Properties.Add(PropertyNames.Category, Name);
        if (BrowserPlaces.Find(new RenderOptions()) is null)
        {
            test.RunState = RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, "There is no browser on this machine (Debian: apt-get install chromium).");
        }
    }
}
