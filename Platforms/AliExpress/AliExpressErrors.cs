using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// Errors in answers, which come with status 200: <c>{"error_response":{"type":"ISV","code":"ApiCallLimit","msg":"…","request_id":"…"}}</c>,
/// with the gateway's codes or with the numbers and <c>sub_code</c>s of the older one
/// (https://developer.alibaba.com/docs/doc.htm?articleId=102707&amp;docType=1&amp;treeId=19); or an interface's own <c>resp_code</c>, which
/// that for dropshippers calls <c>rsp_code</c>.
/// </summary>
internal static class AliExpressErrors
{
    /// <summary>Errors are short; a long body is an answer, which is not to be parsed twice.</summary>
    private const int MaxErrorSize = 4096;

    private const string BanMark = "ban will last";

    public static ApiFailure? Find(ApiAnswer answer) =>
        answer.Body.Length > MaxErrorSize
            ? null
            : JsonText.TryRead(answer.Body, root => root["error_response"] is { Exists: true } error ? OfGateway(error) : root["type"].Exists ? OfGateway(root) : OfInterface(AliExpressProducts.Cover(root)));

    private static ApiFailure OfGateway(JsonSpot error)
    {
        var code = Code(error["code"].Text);
        var subCode = Code(error["sub_code"].Text);
        var shown = subCode.Length == 0 ? code : $"{code}, {subCode}";
        return code switch
        {
            "ApiCallLimit" or "AppCallLimit" or "SellerCallLimit" or "7" => new ApiFailure(FetchReasons.Blocked, $"The API is called too often ({shown}).")
            {
                IsRetryable = true,
                RetryAfter = BanOf(error),
            },
            "IncompleteSignature" or "MissingSignature" or "InvalidSignature" or "25" => Refused($"The API does not accept the signature ({shown}): check appSecret."),
            "InvalidAppKey" or "MissingAppKey" or "InvalidAppkey" or "29" => Refused($"The API does not know the app ({shown}): check appKey, and that the app is online."),
            "IllegalAccessToken" => Refused($"The API does not accept the token ({shown}): it has expired or is of another app. Have a person authorize the app again and give its accessToken."),
            "IllegalTimestamp" or "InvalidTimestamp" or "31" => Refused($"The API does not accept the time ({shown}): check this machine's clock."),
            "InsufficientPermission" or "11" => Refused($"The app may not use this interface ({shown}): apply for the affiliate API in the console of the Open Platform."),
            "ServiceUnavailable" or "ServiceTimeout" or "SystemError" or "ServiceError" => Failed(shown, isRetryable: true),
            _ => Failed(shown, isRetryable: subCode.StartsWith("isp.", StringComparison.Ordinal)),
        };
    }

    /// <summary>200 for good, 405 for an empty result.</summary>
    private static ApiFailure? OfInterface(JsonSpot cover)
    {
        var code = Code(cover["resp_result"]["resp_code"].Or(cover["rsp_code"]).Text);
        return code switch
        {
            "602" => new ApiFailure(FetchReasons.NotFound, "AliExpress does not sell this product to this country (error 602)."),
            "605" => new ApiFailure(FetchReasons.NotFound, "AliExpress does not have this product, or not any more (error 605)."),
            "" or "200" or "405" => null,
            "401" or "403" => Refused($"The affiliate API refuses the app (resp_code {code}): its owner has to be registered at portals.aliexpress.com."),
            "404" or "500" => Failed($"resp_code {code}", isRetryable: true),
            _ => Failed($"resp_code {code}", isRetryable: false),
        };
    }

    /// <summary>"… this ban will last 1 more seconds", "… will last for 2 more seconds".</summary>
    private static TimeSpan BanOf(JsonSpot error)
    {
        var text = $"{error["msg"].Text} {error["message"].Text} {error["sub_msg"].Text}";
        var start = text.IndexOf(BanMark, StringComparison.OrdinalIgnoreCase);
        var digits = start < 0 ? "" : new string([.. text.Skip(start + BanMark.Length).SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).Take(5)]);
        return TimeSpan.FromSeconds(int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Max(seconds, 1) : 1);
    }

    private static ApiFailure Refused(string detail) => new(FetchReasons.CredentialsRefused, detail);

    private static ApiFailure Failed(string code, bool isRetryable) => new(FetchReasons.HttpError, $"The API answered with the error {code}.") { IsRetryable = isRetryable };

    /// <summary>Codes are shown to people; whatever else stands in their place is not.</summary>
    private static string Code(string? text) => text is { Length: > 0 and <= 80 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? text : "";
}
