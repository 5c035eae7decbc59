namespace Marketline.Functions.Http.Access;

/// <summary>Who sends a request, or why that is not known.</summary>
public sealed record Identification(Caller? Caller, string WhatToDo)
{
    public static Identification Of(Caller caller) => new(caller, "");

    public static Identification Refused(string whatToDo) => new(null, whatToDo);
}
