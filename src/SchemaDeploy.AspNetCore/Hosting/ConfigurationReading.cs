using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>Reads settings, and tells the operator of those that cannot be read.</summary>
internal static class ConfigurationReading
{
    /// <summary>A setting that is true or false, or <paramref name="otherwise"/> where it is not given.</summary>
    /// <exception cref="StartupException">It is neither.</exception>
    public static bool ReadSwitch(this IConfiguration configuration, string setting, bool otherwise)
    {
        var text = configuration[setting];
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        return bool.TryParse(text, out var value) ? value : throw new StartupException($"{setting} is '{text}', and must be true or false.");
    }

    /// <summary>A setting that is a number, 1 at least, or <paramref name="otherwise"/> where it is not given.</summary>
    /// <exception cref="StartupException">It is none.</exception>
    public static int ReadCount(this IConfiguration configuration, string setting, int otherwise)
    {
        var text = configuration[setting];
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new StartupException($"{setting} is '{text}', and must be a number, 1 at least.");
    }

    /// <summary>A section's settings, defaults where there is none.</summary>
    /// <exception cref="StartupException">A value does not fit its setting, or a name is no setting of the section.</exception>
    public static T Read<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>(static binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException exception)
        {
            var names = string.Join(", ", typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name));
            throw new StartupException($"The configuration's section {section} cannot be read: {exception.Message} It may have {names}.");
        }
    }
}
