using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Security;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>Tells from the grants of a resource what people of each kind are answered.</summary>
internal sealed class ExpectationDesigner(ApiModel api, Resource resource, RowPlan? row)
{
    private enum Admission
    {
        None,
        OwnRows,
        AllRows,
    }

    /// <param name="hasPeople">Whether users can be made.</param>
    public ImmutableArray<Expectations> Design(bool hasPeople)
    {
        var kinds = ImmutableArray.CreateBuilder<Expectations>();
        kinds.Add(Of(CallerKind.Anonymous, null));
        if (!hasPeople)
        {
            return kinds.ToImmutable();
        }

        kinds.Add(Of(CallerKind.Stranger, api.Roles.Default));
        foreach (var role in RolesNamed())
        {
            kinds.Add(Of(CallerKind.Stranger, role) with { Role = role });
        }

        if (row is { HasOwner: true } && resource.Ownership is not null)
        {
            // Who may create a row is nobody's owner yet, and told of above.
            kinds.Add(Of(CallerKind.Owner, api.Roles.Default) with { Create = null });
        }

        return kinds.ToImmutable();
    }

    // Roles are given to people only where the users table has them.
    private IEnumerable<string> RolesNamed() => api.Users.Role is { InCreate: true } role && (role.Enum is not null || role.Form == ValueForm.Text)
        ? new[] { resource.Access.Read, resource.Access.Create, resource.Access.Update, resource.Access.Delete }
            .SelectMany(grant => grant.Roles)
            .Where(name => name != api.Roles.Admin && name != api.Roles.Default)
            .Distinct(StringComparer.OrdinalIgnoreCase)
        : [];

    private Expectations Of(CallerKind caller, string? role)
    {
        var refusal = caller == CallerKind.Anonymous ? 401 : 403;
        var read = Admit(resource.Access.Read, role);
        return new Expectations(
            caller,
            List: read == Admission.None ? refusal : 200,
            Get: Has(OperationKind.Get) ? OfRow(read, read, 200) : null,
            Create: Has(OperationKind.Create) ? Admit(resource.Access.Create, role) == Admission.None ? refusal : 201 : null,
            Update: Has(OperationKind.Update) ? OfRow(Admit(resource.Access.Update, role), read, 200) : null,
            Delete: Has(OperationKind.Delete) ? OfRow(Admit(resource.Access.Delete, role), read, 204) : null);

        // A row that the caller may read and not write is not denied to exist.
        int OfRow(Admission admission, Admission reading, int success) => (admission, caller) switch
        {
            (Admission.None, _) => refusal,
            (Admission.AllRows, _) or (Admission.OwnRows, CallerKind.Owner) => success,
            _ => reading == Admission.OwnRows ? 404 : refusal,
        };
    }

    private bool Has(OperationKind kind) => row is not null && resource.Find(kind) is not null;

    private static Admission Admit(Grant grant, string? role) => grant switch
    {
        { ToAnyone: true } => Admission.AllRows,
        _ when role is null => Admission.None,
        { ToUsers: true } => Admission.AllRows,
        _ when grant.Roles.Contains(role, StringComparer.OrdinalIgnoreCase) => Admission.AllRows,
        { ToOwner: true } => Admission.OwnRows,
        _ => Admission.None,
    };
}
