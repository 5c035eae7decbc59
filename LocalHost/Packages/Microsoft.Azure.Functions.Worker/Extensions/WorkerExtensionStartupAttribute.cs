namespace Microsoft.Azure.Functions.Worker.Core;

/// <summary>Names the start-up type of the extension that an assembly holds.</summary>
[AttributeUsage(AttributeTargets.Assembly, Inherited = false, AllowMultiple = true)]
internal sealed class WorkerExtensionStartupAttribute(Type startupType) : Attribute
{
    public Type StartupType { get; } = startupType;
}
