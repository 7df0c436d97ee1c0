using System.Data.Common;
using System.Globalization;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>By what MySQL and MariaDB tell that a statement has run before.</summary>
internal static class MySqlErrors
{
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

    /// <summary>Whether what the statement makes is there, or what it drops is not.</summary>
    public static bool SayDone(DbException exception) => exception.Data["Server Error Code"] is { } code
        && Convert.ToInt32(code, CultureInfo.InvariantCulture) is TableExists or UnknownTable or UnknownColumn or ColumnExists or KeyExists
            or SeveralPrimaryKeys or NothingToDrop or NoTable or ForeignKeyExists or CheckExists;
}
