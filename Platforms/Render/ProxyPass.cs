namespace Marketline.Platforms.Render;

/// <summary>What a browser context shows to the guarding proxy; good for one page and a short time.</summary>
internal sealed record ProxyPass(string UserName, string Password);
