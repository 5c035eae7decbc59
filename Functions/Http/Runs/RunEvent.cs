namespace Marketline.Functions.Http.Runs;

/// <summary>Something new of a run.</summary>
/// <param name="Name"><c>status</c>, <c>progress</c>, <c>problem</c> or <c>end</c>.</param>
/// <param name="Data">Becomes JSON.</param>
/// <param name="Place">Where a listener is that has heard it: the event's id.</param>
internal sealed record RunEvent(string Name, object Data, RunEventPlace Place);
