namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>When a part starts; parts stop in the opposite order.</summary>
internal enum HostPhase
{
    /// <summary>After the app's own hosted services and before HTTP is served.</summary>
    BeforeHttp,

    /// <summary>When everything is up: what calls functions by itself.</summary>
    AfterHttp,
}
