using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketline.Platforms.Api;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// The signature of the affiliate API (https://walmart.io/docs/affiliates/v1/onboarding-guide; the same with an example at
/// https://corporate.walmartdigital.cl/portal_b2b_lidercl_apidoc/en/v2/authHeaders.html): RSA with SHA-256 over the values of the
/// headers WM_CONSUMER.ID, WM_CONSUMER.INTIMESTAMP and WM_SEC.KEY_VERSION, in that order, each followed by a line feed.
/// </summary>
internal static class WalmartSignature
{
    public static string Sign(string consumerId, long timestamp, string keyVersion, string privateKey)
    {
        using var key = ReadKey(privateKey);
        var text = string.Create(CultureInfo.InvariantCulture, $"{consumerId}\n{timestamp}\n{keyVersion}\n");
        return Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>In PEM form, its line breaks possibly written as <c>\n</c>, or the base64 of a PKCS #8 key alone: stores of secrets like one line.</summary>
    private static RSA ReadKey(string secret)
    {
        var text = secret.Replace("\\n", "\n", StringComparison.Ordinal);
        var key = RSA.Create();
        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                key.ImportFromPem(text);
            }
            else
            {
                key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
            }

            return key;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException or FormatException)
        {
            key.Dispose();
            throw new ApiRefusedException("The secret privateKey is no RSA key: give the private key in PEM form without a password, or the base64 of its PKCS #8 form.");
        }
    }
}
