using System.Text.Json.Serialization;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>A request that creates or changes a user.</summary>
public interface IAccountRequest
{
    /// <summary>The e-mail that the user signs in with.</summary>
    string? Email { get; }

    /// <summary>The password; null where none is given.</summary>
    string? Password { get; }
}

/// <summary>What a user signs in with.</summary>
internal sealed class LoginRequest : IValidatable
{
    [JsonPropertyName("email")]
    public string? Email { get; set; }

    [JsonPropertyName("password")]
    public string? Password { get; set; }

    public void Validate(Validator validator)
    {
        validator.Required("email", Email);
        validator.MaxLength("email", Email, PasswordPolicy.MaximumEmailLength);
        validator.Text("email", Email);
        validator.Required("password", Password);
        PasswordPolicy.CheckLength(validator, "password", Password);
    }
}

/// <summary>What a session is refreshed or ended with.</summary>
internal sealed class RefreshRequest : IValidatable
{
    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; set; }

    public void Validate(Validator validator) => validator.Required("refresh_token", RefreshToken);
}

/// <summary>What a user changes the password with.</summary>
internal sealed class PasswordChangeRequest : IValidatable
{
    [JsonPropertyName("current_password")]
    public string? CurrentPassword { get; set; }

    [JsonPropertyName("new_password")]
    public string? NewPassword { get; set; }

    public void Validate(Validator validator)
    {
        validator.Required("current_password", CurrentPassword);
        PasswordPolicy.CheckLength(validator, "current_password", CurrentPassword);
        validator.Required("new_password", NewPassword);
        PasswordPolicy.CheckLength(validator, "new_password", NewPassword);
    }
}

/// <summary>What a user registers with where the schema has no users table.</summary>
internal sealed class OwnUserCreate : IValidatable
{
    [JsonPropertyName("email")]
    public string? Email { get; set; }

    [JsonPropertyName("password")]
    public string? Password { get; set; }

    public void Validate(Validator validator)
    {
        validator.Required("email", Email);
        validator.MaxLength("email", Email, PasswordPolicy.MaximumEmailLength);
        validator.Text("email", Email);
        validator.Required("password", Password);
        PasswordPolicy.CheckLength(validator, "password", Password);
    }
}

/// <summary>What signing in answers (RFC 6749 §5.1).</summary>
internal sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

/// <summary>JSON of signing in.</summary>
[JsonSourceGenerationOptions(AllowDuplicateProperties = false, MaxDepth = 32, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(PasswordChangeRequest))]
[JsonSerializable(typeof(OwnUserCreate))]
[JsonSerializable(typeof(TokenResponse))]
internal sealed partial class AuthenticationJsonContext : JsonSerializerContext;
