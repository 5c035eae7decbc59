namespace Marketline.Tests.Functions.Http.Access;

/// <summary>A token that must not be taken.</summary>
/// <param name="Name">What is wrong with it.</param>
internal sealed record TokenAttack(string Name, Func<LocalIssuer, string> Token);
