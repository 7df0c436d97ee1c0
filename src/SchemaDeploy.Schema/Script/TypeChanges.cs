namespace SchemaDeploy.Schema.Script;

/// <summary>What an ALTER TYPE or ALTER DOMAIN does. All columns of the type follow.</summary>
public abstract record TypeChange;

/// <summary>ADD VALUE; last where neither neighbour is given.</summary>
public sealed record AddEnumValue(string Value) : TypeChange
{
    /// <summary>The member that it goes in front of.</summary>
    public string? Before { get; init; }

    /// <summary>The member that it goes behind.</summary>
    public string? After { get; init; }

    /// <summary>Whether an existing member is left as it is.</summary>
    public bool IfNotExists { get; init; }
}

/// <summary>RENAME VALUE.</summary>
public sealed record RenameEnumValue(string Value, string NewValue) : TypeChange;

/// <summary>RENAME TO, SET SCHEMA.</summary>
public sealed record RenameType(ObjectName NewName) : TypeChange;

/// <summary>SET DEFAULT of a domain; null drops it.</summary>
public sealed record SetTypeDefault(DefaultDefinition? Default) : TypeChange;

/// <summary>SET NOT NULL or DROP NOT NULL of a domain.</summary>
public sealed record SetTypeNullable(bool Nullable) : TypeChange;

/// <summary>ADD CONSTRAINT of a domain.</summary>
public sealed record AddTypeCheck(CheckDefinition Check) : TypeChange;

/// <summary>DROP CONSTRAINT of a domain.</summary>
public sealed record DropTypeCheck(Identifier Name, bool IfExists) : TypeChange;
