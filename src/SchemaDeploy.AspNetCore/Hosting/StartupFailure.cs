using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>Failures to start that the operator caused and can cure, told in one line instead of a stack trace.</summary>
internal static class StartupFailure
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Keeps the host from logging a failed start with its stack trace: the caller of <see cref="Find"/> reports it.</summary>
    public static void Quiet(ILoggingBuilder logging, Func<bool> isStarting) =>
        logging.AddFilter(HostCategory, level => level >= LogLevel.Information && (level < LogLevel.Error || !isStarting()));

    /// <summary>The line for the operator; null where the failure is a defect, whose stack trace is wanted.</summary>
    public static string? Find(Exception exception) => exception switch
    {
        StartupException => exception.Message,
        AggregateException { InnerExceptions: [var inner] } => Find(inner),
        InvalidDataException => exception.Message,
        HostAbortedException => null,
        IOException when exception.InnerException is AddressInUseException =>
            exception.Message + " Stop the other program, or choose another port: set PORT or ASPNETCORE_URLS.",
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } =>
            $"The address to serve cannot be used: {exception.Message}. Set PORT or ASPNETCORE_URLS.",
        FormatException or UriFormatException or ArgumentException when IsAddress(exception) => $"The address to serve is not valid: {exception.Message} Set PORT or ASPNETCORE_URLS.",
        IOException when exception.Message.StartsWith("Failed to bind", StringComparison.Ordinal) => exception.Message,
        _ => null,
    };

    private static bool IsAddress(Exception exception) => exception.StackTrace?.Contains("BindingAddress", StringComparison.Ordinal) == true;
}
