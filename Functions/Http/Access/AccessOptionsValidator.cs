using Microsoft.Extensions.Options;

namespace Marketline.Functions.Http.Access;

/// <summary>Checks what concerns several settings.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        if (options.TokenAuthority.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        if (!Uri.TryCreate(options.TokenAuthority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || authority.IsLoopback))
        {
            return ValidateOptionsResult.Fail($"Access:TokenAuthority is no https address: '{options.TokenAuthority}'.");
        }

        return options.TokenAudience.Length > 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Access:TokenAudience is needed with Access:TokenAuthority, or every token of that issuer would do.");
    }
}
