namespace Marketline.Functions.Http.RateLimits;

/// <summary>Whether a tenant may send a request now, and how many more.</summary>
/// <param name="Left">As far as this worker knows.</param>
/// <param name="ResetSeconds">Until the next window begins.</param>
internal readonly record struct RequestAllowance(bool IsAllowed, long Limit, long Left, int ResetSeconds);
