namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>A request that is up to no good.</summary>
/// <param name="Echoes">What of it an answer may repeat.</param>
internal sealed record Attack(string Name, Func<HttpRequestMessage> Request, params IEnumerable<string> Echoes)
{
    /// <summary>The answer that is expected; null: any refusal.</summary>
    public int? Status { get; init; }

    /// <summary>It may succeed, as long as it concerns nothing but the attacker's own.</summary>
    public bool MayPass { get; init; }

    /// <summary>Sent with the operator's key, which sees every tenant.</summary>
    public bool IsOperators { get; init; }
}
