using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Keys in paths.</summary>
public static class RoutePath
{
    /// <summary>The value of a route's segment.</summary>
    /// <exception cref="ApiException">404: the segment is no such value, so there is no such row.</exception>
    public static T RouteValue<T>(this HttpRequest request, string name)
        where T : IParsable<T> =>
        T.TryParse(request.RouteValues[name] as string, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new ApiException(404, "There is no such row.");

    /// <summary>The value of a route's segment that holds an enum's literal.</summary>
    /// <exception cref="ApiException">404: the segment is no such literal, so there is no such row.</exception>
    public static TEnum RouteEnum<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>(
        this HttpRequest request, string name)
        where TEnum : struct, Enum =>
        EnumText<TEnum>.TryParse(request.RouteValues[name] as string ?? "", out var value)
            ? value
            : throw new ApiException(404, "There is no such row.");

    /// <summary>The segments of a key.</summary>
    public static string Of(params ReadOnlySpan<object?> key)
    {
        var segments = new string[key.Length];
        for (var i = 0; i < key.Length; i++)
        {
            segments[i] = Uri.EscapeDataString(Text(key[i]));
        }

        return string.Join('/', segments);
    }

    private static string Text(object? value) => value switch
    {
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
