namespace Marketline.Functions.Http.OpenApi;

/// <summary>A kind of problem that requests are answered with.</summary>
/// <param name="Name">Of its component.</param>
internal sealed record ProblemAnswer(int Status, string Name, string Meaning, string WhatToDo);
