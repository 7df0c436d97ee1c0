using System.Text.Json.Nodes;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Samples;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Pages;

/// <summary>What a person could register with, and log in.</summary>
internal static class RegistrationExample
{
    private const string Email = "ada@example.org";
    private const string Password = "the engine has no pretensions";

    /// <summary>What this person logs in with.</summary>
    public static JsonObject Login => new() { ["email"] = Email, ["password"] = Password };

    /// <summary>A body that the API takes: e-mail, password, and what else a new row of the users needs.</summary>
    public static JsonObject Of(DatabaseModel database, ApiModel api)
    {
        var body = new JsonObject();
        var resource = api.Resources.First(candidate => candidate.Names == api.Users.Names);
        var table = database.Tables.FirstOrDefault(candidate => candidate.Name == resource.Table && candidate.Schema == resource.Schema);
        if (table is not null && api.Users.IsOpen)
        {
            var values = SampleRows.Meeting(resource, table, [.. table.Checks.Select(check => check.Expression)]);
            foreach (var property in resource.Properties.Where(property => property is { InCreate: true, IsAdminOnly: false, RequiredOnCreate: true }))
            {
                body[property.JsonName] = values.GetValueOrDefault(property)?.Json?.DeepClone();
            }
        }

        body[api.Users.IsOpen ? api.Users.Email.JsonName : "email"] = Email;
        body["password"] = Password;
        return body;
    }
}
