using System.Text.Json;
using Marketline.Core.Json;

namespace Marketline.LocalHost.Cli.Demo;

/// <summary>
/// The demo tenants' keys. They are shown once by the app, so they are kept beside the emulator's data: whoever deletes the
/// one deletes the other.
/// </summary>
internal sealed class DemoKeys
{
    private readonly string _path;
    private readonly Dictionary<string, string> _keys;

    public DemoKeys(Workspace workspace)
    {
        _path = Path.Combine(workspace.Data, "demo-keys.json");
        _keys = File.Exists(_path)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(_path), JsonFormat.Options)!
            : [];
    }

    public string? Find(string tenantId) => _keys.GetValueOrDefault(tenantId);

    public void Add(string tenantId, string key)
    {
        _keys[tenantId] = key;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, JsonSerializer.Serialize(_keys, JsonFormat.Options));
    }
}
