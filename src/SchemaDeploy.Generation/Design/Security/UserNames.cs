using System.Collections.Frozen;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>What columns of a users table say, by their names.</summary>
internal static class UserNames
{
    // Those first that say it best.
    private static readonly string[] s_roles = ["role", "user role", "role name", "account role"];
    private static readonly string[] s_kinds = ["user type", "account type", "type"];

    private static readonly string[] s_adminFlags =
        ["is admin", "is administrator", "admin", "is superuser", "is super user", "superuser", "is super admin", "is staff"];

    private static readonly FrozenSet<string> s_adminValues =
        Set("admin", "administrator", "superadmin", "super admin", "superuser", "super user", "root", "sysadmin", "system admin");

    private static readonly FrozenSet<string> s_ordinaryValues = Set(
        "user", "member", "customer", "client", "basic", "standard", "regular", "normal", "student", "subscriber", "reader", "viewer", "guest",
        "visitor", "buyer", "patient");

    private static readonly FrozenSet<string> s_hashes = Set(
        "password hash", "passwordhash", "pass hash", "pwd hash", "password digest", "hashed password", "encrypted password",
        "password encrypted", "password", "passwd", "pwd", "user password");

    private static readonly FrozenSet<string> s_states = Set("status", "user status", "account status", "user state", "account state");

    private static readonly FrozenSet<string> s_letsIn = Set(
        "active", "is active", "enabled", "is enabled", "can login", "can log in", "can sign in", "login enabled", "is permitted to logon",
        "is login allowed", "activated", "is activated");

    private static readonly FrozenSet<string> s_keepsOut = Set(
        "deleted", "is deleted", "disabled", "is disabled", "suspended", "is suspended", "locked", "is locked", "locked out", "is locked out",
        "banned", "is banned", "blocked", "is blocked", "inactive", "is inactive", "archived", "is archived", "deactivated", "is deactivated",
        "removed", "is removed", "frozen", "is frozen");

    private static readonly FrozenSet<string> s_keptOutSince = Set(
        "deleted at", "deleted on", "deleted date", "date deleted", "deletion date", "disabled at", "suspended at", "banned at", "blocked at",
        "deactivated at", "archived at", "removed at", "locked at", "closed at");

    private static readonly FrozenSet<string> s_keptOutUntil = Set(
        "locked until", "lockout end", "lockout until", "lock expires at", "banned until", "suspended until", "blocked until", "disabled until");

    private static readonly FrozenSet<string> s_goodStates = Set(
        "active", "enabled", "activated", "normal", "ok", "valid", "approved", "verified", "confirmed", "live", "registered", "current");

    private static readonly FrozenSet<string> s_tokens = Set(
        "salt", "two factor secret", "two factor recovery codes", "totp secret", "mfa secret", "otp secret", "reset token", "password reset token",
        "reset password token", "remember token", "confirmation token", "activation token", "verification token", "email verification token",
        "recovery token", "refresh token", "access token", "api token", "api key", "api secret", "security stamp", "concurrency stamp");

    // What says that somebody has been checked, and what the server writes down: users do not say it of themselves.
    private static readonly FrozenSet<string> s_checked = Set(
        "verified", "is verified", "email verified", "is email verified", "email confirmed", "is email confirmed", "phone verified",
        "is phone verified", "verified at", "email verified at", "email confirmed at", "phone verified at", "confirmed at", "confirmed",
        "is confirmed", "approved", "is approved", "approved at", "approved by", "last login", "last login at", "last sign in at",
        "last seen at", "login count", "sign in count", "failed login attempts", "failed logins", "login attempts", "failed attempts",
        "access failed count", "password changed at", "role id", "role ids", "roles", "permissions", "privileges", "scopes");

    /// <summary>Whether a column keeps the hash of a password, and not something beside it.</summary>
    public static bool IsHash(string column) => s_hashes.Contains(Key(column));

    /// <summary>Whether a column has the name that requests know passwords by.</summary>
    public static bool IsPassword(string column) => Key(column) == UserTable.Password.JsonName;

    /// <summary>Whether a column keeps something by which others could pass for the user.</summary>
    public static bool IsToken(string column) => s_tokens.Contains(Key(column));

    /// <summary>Whether a role may do what any other may.</summary>
    public static bool IsAdmin(string role) => s_adminValues.Contains(Key(role));

    /// <summary>Whether a role is one of people who may do least.</summary>
    public static bool IsOrdinary(string role) => s_ordinaryValues.Contains(Key(role));

    /// <summary>How well a name says that a column holds the role; -1 where it does not.</summary>
    public static int RoleRank(string column) => Array.IndexOf(s_roles, Key(column));

    /// <summary>How well a name says that a column holds what kind of user somebody is; -1 where it does not.</summary>
    public static int KindRank(string column) => Array.IndexOf(s_kinds, Key(column));

    /// <summary>How well a name says that a column tells administrators; -1 where it does not.</summary>
    public static int AdminFlagRank(string column) => Array.IndexOf(s_adminFlags, Key(column));

    /// <summary>Whether a column holds one of several states of a user.</summary>
    public static bool IsState(string column) => s_states.Contains(Key(column));

    /// <summary>Whether a column may be one of states, or of the states of a country.</summary>
    public static bool MayBeState(string column) => Key(column) == "state";

    /// <summary>Whether a column says that the user may sign in.</summary>
    public static bool LetsIn(string column) => s_letsIn.Contains(Key(column));

    /// <summary>Whether a column says that the user may not sign in.</summary>
    public static bool KeepsOut(string column) => s_keepsOut.Contains(Key(column));

    /// <summary>Whether a column says since when the user may not sign in.</summary>
    public static bool IsKeptOutSince(string column) => s_keptOutSince.Contains(Key(column));

    /// <summary>Whether a column says until when the user may not sign in.</summary>
    public static bool IsKeptOutUntil(string column) => s_keptOutUntil.Contains(Key(column));

    /// <summary>Whether a state is one of users who may sign in.</summary>
    public static bool IsGoodState(string state) => s_goodStates.Contains(Key(state));

    /// <summary>Whether the column is for the server or ADMIN to write.</summary>
    public static bool IsForAdmin(string column) =>
        s_checked.Contains(Key(column)) || RoleRank(column) >= 0 || AdminFlagRank(column) >= 0
        || IsState(column) || LetsIn(column) || KeepsOut(column) || IsKeptOutSince(column) || IsKeptOutUntil(column);

    /// <summary>How well the name of a table says that its rows are users.</summary>
    public static int TableRank(string table) => Words.Of(table) is not [.., var last] ? 0 : last.ToLowerInvariant() switch
    {
        "user" or "users" => 40,
        "account" or "accounts" or "member" or "members" or "login" or "logins" or "person" or "persons" or "people" => 20,
        "customer" or "customers" or "employee" or "employees" or "client" or "clients" => 10,
        "staff" or "admin" or "admins" or "administrator" or "administrators" => 5,
        _ => 0,
    };

    private static string Key(string name) => Words.Sentence(Words.Of(name));

    private static FrozenSet<string> Set(params ReadOnlySpan<string> names) => FrozenSet.Create(StringComparer.Ordinal, names);
}
