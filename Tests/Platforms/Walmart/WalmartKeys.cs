using System.Security.Cryptography;

namespace Marketline.Tests.Platforms.Walmart;

/// <summary>A key made for these tests, in the forms that a key may be given in, and a signature that openssl made with it.</summary>
internal static class WalmartKeys
{
    public const string ConsumerId = "83f82845-f12c-48ae-a7a6-8a9b0461c3ab";

    /// <summary>Of <see cref="ConsumerId"/>, 1440058729000 and 1: <c>printf '…\n…\n1\n' | openssl dgst -sha256 -sign key.pem | base64 -w0</c>.</summary>
    public const string KnownSignature =
        "n16qxdNjJnXIgQVNyua/X3TehPe4xvXDpIsuZjO1LVEtXL294IGfjXBBOZvnnAXc8zPZw0rUfoFfPmAuYryXSdoustniBp64fJAAHJRSvCRnUTLW22sA/PdWNzjz88RP372+vNEbw2uwNPsH/8AZsg+82T92SRoz2ynfsTLvS0c=";

    public const string Pkcs8 =
        "MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBALn7yhdEez6+WVYPZ8CD27F45GAans6ZTheyWgDU1BeryZA0YH+zgjRqivwhS2PIufReprxEr5+FmQsbu/peoJ/4YLReyfJKxZhz9thsFlWeBSZdAQq2S8GiADra+lu/y1eZnZLbeuuY0qGyVXpXWnfS7R7Om+Tc/EoRqjm6LL+lAgMBAAECgYEAkjYSYExkH6WBkhi2VjDTTChgUfVbl8wKCrMZ8sFeo+VXptimbH5xBEgmT6TVIfMxzZ2Ds0rETsK22HbLRz+RQhiLs1vv1Lvw6fX2NoGmVuRkUprcuvUJhSS1zUWZn7gnsKA4A2Qc+HcAhWXfwubeCnEMydon02TKf+jIeou6BFkCQQD1ZrD0oltXxPxGjUlftSRmmXfoXL3NPb5Np8Ppml0ZpuSL7rMrVBz0njVNBuLHYdTghSqtLi0vUa/Js4oUNIQzAkEAwgQj31JjGz23XK8mFtHcZ/02E6ezMDRzS07EBWePf8bQfH42Npqs9BPYpyWqYYI8DvrvS9fr/IBLlGQZ8uIUxwJAdaxyejxIVMQOvL4PSyePdutshi3CjeJnmNEzrpbowd43hapGnCZPZDVhFbiRkk4lSCxTFIwp+qDPDIddVOcB5QJALdqOo9wz4h9O88/NX71PqyAUJMcQuYbb7ON7vo9AQgG6CoJFy9f4omMCZFapkwwVp7C016b7dhzYQAT8gQPfxwJAJSL++5DNCD9RSxEnqShPN8TPn9v+hcBkGiUQ9b8z3VuMUfL9Pg071ldIP5jAlh2sGX9kC2rMqdnyW15QTEqKrA==";

    private const string Pkcs1 =
        "MIICXAIBAAKBgQC5+8oXRHs+vllWD2fAg9uxeORgGp7OmU4XsloA1NQXq8mQNGB/s4I0aor8IUtjyLn0Xqa8RK+fhZkLG7v6XqCf+GC0XsnySsWYc/bYbBZVngUmXQEKtkvBogA62vpbv8tXmZ2S23rrmNKhslV6V1p30u0ezpvk3PxKEao5uiy/pQIDAQABAoGBAJI2EmBMZB+lgZIYtlYw00woYFH1W5fMCgqzGfLBXqPlV6bYpmx+cQRIJk+k1SHzMc2dg7NKxE7Ctth2y0c/kUIYi7Nb79S78On19jaBplbkZFKa3Lr1CYUktc1FmZ+4J7CgOANkHPh3AIVl38Lm3gpxDMnaJ9Nkyn/oyHqLugRZAkEA9Waw9KJbV8T8Ro1JX7UkZpl36Fy9zT2+TafD6ZpdGabki+6zK1Qc9J41TQbix2HU4IUqrS4tL1GvybOKFDSEMwJBAMIEI99SYxs9t1yvJhbR3Gf9NhOnszA0c0tOxAVnj3/G0Hx+NjaarPQT2KclqmGCPA7670vX6/yAS5RkGfLiFMcCQHWscno8SFTEDry+D0snj3brbIYtwo3iZ5jRM66W6MHeN4WqRpwmT2Q1YRW4kZJOJUgsUxSMKfqgzwyHXVTnAeUCQC3ajqPcM+IfTvPPzV+9T6sgFCTHELmG2+zje76PQEIBugqCRcvX+KJjAmRWqZMMFaewtNem+3Yc2EAE/IED38cCQCUi/vuQzQg/UUsRJ6koTzfEz5/b/oXAZBolEPW/M91bjFHy/T4NO9ZXSD+YwJYdrBl/ZAtqzKnZ8lteUExKiqw=";

    public static string Pem => $"-----BEGIN PRIVATE KEY-----\n{Pkcs8}\n-----END PRIVATE KEY-----\n";

    public static string OneLinePem => Pem.Replace("\n", "\\n", StringComparison.Ordinal);

    public static string RsaPem => $"-----BEGIN RSA PRIVATE KEY-----\n{Pkcs1}\n-----END RSA PRIVATE KEY-----\n";

    public static RSA Public()
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(Pkcs8), out _);
        return key;
    }
}
