using System.ComponentModel.DataAnnotations;

namespace Marketline.Functions.Http.Container;

/// <summary>How long the container is to be open.</summary>
/// <param name="Minutes">How long it lasts: 1 to 60; 15 when it is left out.</param>
internal sealed record NewContainerAccess([Range(1, 60)] int? Minutes);
