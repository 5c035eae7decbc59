namespace Marketline.Functions.Http.Container;

/// <param name="Minutes">How long it lasts: 1 to 60; 15 when it is left out.</param>
internal sealed record NewContainerAccess(int? Minutes);
