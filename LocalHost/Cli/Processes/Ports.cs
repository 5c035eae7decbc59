using System.Net;
using System.Net.NetworkInformation;

namespace Marketline.LocalHost.Cli.Processes;

internal static class Ports
{
    public static bool IsTaken(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener =>
            listener.Port == port && (IPAddress.IsLoopback(listener.Address) || listener.Address.Equals(IPAddress.Any) || listener.Address.Equals(IPAddress.IPv6Any)));

    /// <exception cref="CliException">The port is taken.</exception>
    public static void RequireFree(int port, string what)
    {
        if (IsTaken(port))
        {
            throw new CliException($"port {port} is taken, but {what} needs it: stop the program that listens there ('ss -ltnp sport = :{port}' names it).");
        }
    }
}
