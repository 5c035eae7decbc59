namespace Marketline.LocalHost.Engine.Client;

/// <summary>What Azure takes as an instance id, which is a table key and part of blob and queue names there.</summary>
internal static class InstanceId
{
    public const int MaxLength = 100;

    public static string Validate(string id)
    {
        if (id.Length is 0 or > MaxLength)
        {
            throw new ArgumentException($"Instance ids have 1 to {MaxLength} characters; '{id}' has {id.Length}.", nameof(id));
        }

        if (id[0] == '@')
        {
            throw new ArgumentException($"Instance ids must not start with '@'; '{id}' does. Such ids are those of entities.", nameof(id));
        }

        return id.AsSpan().ContainsAny("/\\#?") || id.Any(char.IsControl)
            ? throw new ArgumentException($"Instance ids must not contain /, \\, #, ? or control characters; '{id}' does.", nameof(id))
            : id;
    }
}
