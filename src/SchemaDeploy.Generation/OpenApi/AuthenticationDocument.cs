using System.Text.Json;
using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Generation.OpenApi;

/// <summary>Writes what every application has: registering, signing in, and what belongs to it.</summary>
internal static class AuthenticationDocument
{
    private const string Tag = "authentication";
    private const string Registration = "AuthRegistration";
    private const string Login = "AuthLogin";
    private const string Tokens = "AuthTokens";
    private const string Refresh = "AuthRefresh";
    private const string PasswordChange = "AuthPasswordChange";
    private const string Me = "AuthMe";
    private const string FirstAdmin = "Register the first administrator, who creates the other users";

    private static readonly AuthenticationOperation[] s_operations =
    [
        new("register", "post", "register", "Register a new user", Registration, (201, "The new user.", Me), [400, 403, 409, 413, 415, 422, 429]),
        new("login", "post", "login", "Sign in", Login, (200, "Tokens of a new session.", Tokens), [400, 401, 403, 413, 415, 429]),
        new("refresh", "post", "refresh", "Exchange a refresh token for new tokens", Refresh, (200, "New tokens; the one sent is good no more.", Tokens), [400, 401, 413, 415, 429]),
        new("logout", "post", "logout", "End a session", Refresh, (204, "The session has ended.", null), [400, 413, 415, 429]),
        new("password", "post", "changePassword", "Change the own password, which ends other sessions", PasswordChange, (204, "The password is changed.", null), [400, 401, 413, 415, 422, 429])
        {
            NeedsToken = true,
        },
        new("me", "get", "me", "Who is signed in", null, (200, "The user.", Me), [400, 401, 429]) { NeedsToken = true },
    ];

    public static void WriteTag(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", Tag);
        writer.WriteString("description", "Registering and signing in.");
        writer.WriteEndObject();
    }

    public static void WritePaths(Utf8JsonWriter writer, ApiModel model)
    {
        var prefix = model.RoutePrefix.Length == 0 ? "/auth/" : $"/{model.RoutePrefix}/auth/";
        foreach (var operation in s_operations)
        {
            writer.WriteStartObject(prefix + operation.Segment);
            writer.WriteStartObject(operation.Method);
            writer.WriteString("operationId", operation.Id);
            writer.WriteString("summary", !model.Users.IsOpen && operation.Request == Registration ? FirstAdmin : operation.Summary);
            writer.WriteStartArray("tags");
            writer.WriteStringValue(Tag);
            writer.WriteEndArray();
            if (!operation.NeedsToken)
            {
                writer.WriteStartArray("security");
                writer.WriteEndArray();
            }

            writer.WriteStartArray("parameters");
            writer.WriteEndArray();
            if (operation.Request is { } request)
            {
                writer.WriteStartObject("requestBody");
                writer.WriteBoolean("required", true);
                WriteContent(writer, request);
                writer.WriteEndObject();
            }

            writer.WriteStartObject("responses");
            writer.WriteStartObject($"{operation.Success.Status}");
            writer.WriteString("description", operation.Success.Description);
            if (operation.Success.Schema is { } schema)
            {
                WriteContent(writer, schema);
            }

            writer.WriteEndObject();
            foreach (var status in operation.Problems)
            {
                writer.WriteStartObject($"{status}");
                writer.WriteString("$ref", $"#/components/responses/Problem{status}");
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    public static void WriteSchemas(Utf8JsonWriter writer, ApiModel model)
    {
        if (model.Users.IsOpen)
        {
            SchemaWriter.WriteRegistration(writer, Registration, model.Resources.First(resource => resource.Names == model.Users.Names));
        }
        else
        {
            WriteRequest(writer, Registration, ("email", "email"), ("password", "password"));
        }

        WriteRequest(writer, Login, ("email", "email"), ("password", "password"));
        WriteRequest(writer, Refresh, ("refresh_token", null));
        WriteRequest(writer, PasswordChange, ("current_password", "password"), ("new_password", "password"));
        WriteTokens(writer);
        WriteMe(writer, model);
    }

    private static void WriteContent(Utf8JsonWriter writer, string schema)
    {
        writer.WriteStartObject("content");
        writer.WriteStartObject("application/json");
        writer.WriteStartObject("schema");
        writer.WriteString("$ref", $"#/components/schemas/{schema}");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter writer, string name, params ReadOnlySpan<(string Name, string? Format)> fields)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type", "object");
        writer.WriteStartArray("required");
        foreach (var field in fields)
        {
            writer.WriteStringValue(field.Name);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("properties");
        foreach (var field in fields)
        {
            writer.WriteStartObject(field.Name);
            writer.WriteString("type", "string");
            if (field.Format is { } format)
            {
                writer.WriteString("format", format);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    private static void WriteTokens(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Tokens);
        writer.WriteString("type", "object");
        writer.WriteString("description", "The access token is sent as Authorization: Bearer, for expires_in seconds; the refresh token gets the next ones.");
        writer.WriteStartArray("required");
        foreach (var name in new[] { "access_token", "refresh_token", "token_type", "expires_in" })
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("properties");
        foreach (var name in new[] { "access_token", "refresh_token", "token_type" })
        {
            writer.WriteStartObject(name);
            writer.WriteString("type", "string");
            writer.WriteEndObject();
        }

        writer.WriteStartObject("expires_in");
        writer.WriteString("type", "integer");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // The row's own fields are beside the three that every application has.
    private static void WriteMe(Utf8JsonWriter writer, ApiModel model)
    {
        writer.WriteStartObject(Me);
        writer.WriteString("type", "object");
        writer.WriteString("description", $"The user, with the fields of the own row of {model.Users.Names.Plural}.");
        writer.WriteStartArray("required");
        foreach (var name in new[] { "id", "email", "role" })
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("properties");
        writer.WriteStartObject("id");
        if (!model.Users.NeedsOtherRows)
        {
            SchemaWriter.WriteValue(writer, model.Users.Key);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("email");
        writer.WriteString("type", "string");
        writer.WriteString("format", "email");
        writer.WriteEndObject();
        writer.WriteStartObject("role");
        writer.WriteStartArray("type");
        writer.WriteStringValue("string");
        writer.WriteStringValue("null");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>An operation behind /auth.</summary>
    private sealed record AuthenticationOperation(
        string Segment, string Method, string Id, string Summary, string? Request, (int Status, string Description, string? Schema) Success, int[] Problems)
    {
        public bool NeedsToken { get; init; }
    }
}
