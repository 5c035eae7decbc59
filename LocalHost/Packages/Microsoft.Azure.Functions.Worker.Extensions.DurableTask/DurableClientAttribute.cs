using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Fills a parameter of type <c>DurableTaskClient</c>.</summary>
public sealed class DurableClientAttribute : InputBindingAttribute
{
}
