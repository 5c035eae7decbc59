namespace Microsoft.Azure.Functions.Worker;

/// <summary>The key that Azure asks a caller for. The local host asks for none, like Core Tools.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
