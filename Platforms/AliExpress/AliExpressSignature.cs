using System.Security.Cryptography;
using System.Text;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// The signature of the Open Platform (https://open.alitrip.com/docs/doc.htm?articleId=120692&amp;docType=1&amp;treeId=727): all
/// parameters but the signature itself, sorted by name in ASCII, names and values joined, hashed by HMAC-SHA256 with the app secret,
/// in upper-case hexadecimal.
/// </summary>
internal static class AliExpressSignature
{
    /// <param name="parameters">Unescaped.</param>
    /// <param name="secret">The app secret.</param>
    /// <param name="path">What stands before the parameters: an interface's path at the gateway <c>/rest</c>, nothing at <c>/sync</c>.</param>
    public static string Sign(IEnumerable<KeyValuePair<string, string>> parameters, string secret, string path = "")
    {
        var text = new StringBuilder(path);
        foreach (var (name, value) in parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(value);
        }

        return Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text.ToString())));
    }
}
