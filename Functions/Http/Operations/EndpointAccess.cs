namespace Marketline.Functions.Http.Operations;

/// <summary>Who may call an endpoint.</summary>
internal enum EndpointAccess
{
    /// <summary>Everybody, without a key.</summary>
    Anyone,

    /// <summary>Any key, a tenant's or the operator's.</summary>
    AnyKey,

    /// <summary>Any key of a tenant; the endpoint changes nothing.</summary>
    Reader,

    /// <summary>A tenant's owner key; refused while the tenant is suspended.</summary>
    Owner,

    /// <summary>The operator's keys. Every call leaves an audit row.</summary>
    Admin,
}
