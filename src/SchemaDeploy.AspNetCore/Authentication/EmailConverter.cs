using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Stores e-mails in lower case and looks for them so, so that a unique key over them means what people mean.</summary>
public sealed class EmailConverter() : ValueConverter<string, string>(email => Normalise(email), email => email.TrimEnd(' '))
{
    /// <summary>The one spelling of <paramref name="email"/>.</summary>
    internal static string Normalise(string email) => email.Trim().ToLowerInvariant();
}
