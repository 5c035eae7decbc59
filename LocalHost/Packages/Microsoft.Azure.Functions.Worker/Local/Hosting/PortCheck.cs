using System.Net;
using System.Net.Sockets;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Says that a port is taken before anything has been started.</summary>
internal static class PortCheck
{
    public static void ThrowIfTaken(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
        catch (SocketException e)
        {
            throw new HostStartException(
                $"Port {port} can not be used ({e.Message}). Stop the program that listens there, or choose another port with --port.");
        }
    }
}
