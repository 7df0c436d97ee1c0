using System.Data.Common;
using System.Globalization;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>By what MySQL and MariaDB tell that a statement has run before.</summary>
internal static class MySqlErrors
{
    private const int CannotMakeTable = 1005;
    private const int TableExists = 1050;
    private const int UnknownTable = 1051;
    private const int UnknownColumn = 1054;
    private const int ColumnExists = 1060;
    private const int KeyExists = 1061;
    private const int SeveralPrimaryKeys = 1068;
    private const int NothingToDrop = 1091;
    private const int NoTable = 1146;
    private const int ForeignKeyExists = 1826;
    private const int CheckExists = 3822;

    // MariaDB's words for a foreign key that is there: it makes the table anew with each.
    private const string Twice = "(errno: 121 ";

    /// <summary>Whether what the statement makes is there, or what it drops is not.</summary>
    public static bool SayDone(DbException exception) => exception.Data["Server Error Code"] is { } code
        && Convert.ToInt32(code, CultureInfo.InvariantCulture) switch
        {
            TableExists or UnknownTable or UnknownColumn or ColumnExists or KeyExists or SeveralPrimaryKeys or NothingToDrop or NoTable
                or ForeignKeyExists or CheckExists => true,
            CannotMakeTable => exception.Message.Contains(Twice, StringComparison.Ordinal),
            _ => false,
        };
}
