using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// Who may do everything where nobody may yet: the user whom ADMIN_EMAIL and ADMIN_PASSWORD name, and in Development
/// without them the first to register.
/// </summary>
internal sealed class FirstAdmin
{
    private readonly string? _email;
    private readonly byte[] _password = [];

    /// <exception cref="StartupException">One of the two is set without the other, or the password is too short.</exception>
    public FirstAdmin(IConfiguration configuration, IHostEnvironment environment, AuthenticationSettings settings)
    {
        var (email, password) = (configuration["ADMIN_EMAIL"], configuration["ADMIN_PASSWORD"]);
        if (string.IsNullOrEmpty(email) != string.IsNullOrEmpty(password))
        {
            throw new StartupException("ADMIN_EMAIL and ADMIN_PASSWORD go together: set both, or neither.");
        }

        if (!string.IsNullOrEmpty(email))
        {
            if (password!.Length < settings.PasswordLength)
            {
                throw new StartupException($"ADMIN_PASSWORD must have at least {settings.PasswordLength} characters.");
            }

            _email = EmailConverter.Normalise(email);
            _password = SHA256.HashData(Encoding.UTF8.GetBytes(password));
        }

        IsWhoeverComesFirst = _email is null && environment.IsDevelopment();
    }

    /// <summary>Whether the first user to register may do everything.</summary>
    public bool IsWhoeverComesFirst { get; }

    /// <summary>Whether the operator has named the user of <paramref name="email"/>.</summary>
    public bool IsNamed(string email) => _email is not null && EmailConverter.Normalise(email) == _email;

    /// <summary>Whether a registration has the password that the operator has set.</summary>
    public bool IsProven(Registration registration) =>
        IsNamed(registration.Email)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(registration.Password)), _password);
}
