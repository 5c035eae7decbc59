using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>
/// Program.cs of an app has no place for error handling, so a host that owns its process ends it itself: one line on
/// standard error and exit code 1 for what the user can mend; anything else keeps its stack trace.
/// </summary>
internal static class HostExit
{
    public static T OnStartFailure<T>(Func<T> start)
    {
        try
        {
            return start();
        }
        catch (Exception e) when (Explain(e) is { } line)
        {
            return End<T>(line);
        }
    }

    public static async Task OnStartFailureAsync(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (Exception e) when (Explain(e) is { } line)
        {
            End<object>(line);
        }
    }

    public static string? Explain(Exception exception) => exception switch
    {
        HostStartException => exception.Message,
        OptionsValidationException options => NotValid(options.Failures),

        // Several classes of settings that are not valid.
        AggregateException several when several.InnerExceptions.All(e => e is OptionsValidationException)
            => NotValid(several.InnerExceptions.SelectMany(e => ((OptionsValidationException)e).Failures)),
        IOException { InnerException: { InnerException: SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } } }
            => $"{exception.Message.TrimEnd('.')}. Stop the other program or choose another port with --port.",
        _ => null,
    };

    private static string NotValid(IEnumerable<string> failures) => $"The settings are not valid: {string.Join("; ", failures)}";

    private static T End<T>(string line)
    {
        Console.Error.WriteLine($"error: {line}");
        Environment.Exit(1);
        throw new InvalidOperationException(line);
    }
}
