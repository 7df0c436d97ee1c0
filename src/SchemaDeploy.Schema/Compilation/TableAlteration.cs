using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Applies the actions of ALTER TABLE, and the parts of CREATE TABLE, to one table.</summary>
internal sealed partial class TableAlteration(
    SchemaDialect dialect, FoldedTable table, TableCatalog catalog, ConstraintNamer namer, DiagnosticBag diagnostics)
{
    private StringComparer Comparer => table.Rules.Comparer;

    public void Apply(AlterAction action)
    {
        switch (action)
        {
            case AddColumn add:
                if (!(add.IfNotExists && table.Find(add.Column.Name.Text) is not null) && AddColumn(add.Column) is { } added)
                {
                    Place(added, add.Position);
                }

                break;
            case ReplaceColumn replace when FindColumn(replace.OldName) is { } column:
                Replace(column, replace);
                break;
            case DropColumn drop:
                if (!(drop.IfExists && table.Find(drop.Name.Text) is null) && FindColumn(drop.Name) is { } dropped)
                {
                    Drop(dropped, drop);
                }

                break;
            case RenameColumn rename:
                if (!(rename.IfExists && table.Find(rename.Name.Text) is null) && FindColumn(rename.Name) is { } renamed)
                {
                    Rename(renamed, rename.NewName);
                }

                break;
            case SetDefault set when FindColumn(set.Column) is { } column:
                column.Definition = column.Definition with { Default = set.Default };
                break;
            case SetNullable set when FindColumn(set.Column) is { } column:
                column.Definition = column.Definition with { Nullable = set.Nullable };
                break;
            case SetIdentity set when FindColumn(set.Column) is { } column:
                column.Definition = column.Definition with { Identity = set.Identity };
                break;
            case SetGenerated set when FindColumn(set.Column) is { } column:
                column.Definition = column.Definition with { Generated = set.Generated };
                break;
            case KeyFromIndex key:
                MakeKey(key);
                break;
            case AddConstraint add:
                if (!(add is { IfNotExists: true, Constraint.Name: { } name } && table.Constraints().Any(c => HasName(c, name.Text))))
                {
                    Add(add.Constraint);
                }

                break;
            case DropConstraint drop:
                Drop(drop.Kind, drop.Name, drop.IfExists, drop.Span);
                if (drop.Cascades)
                {
                    DropOrphans();
                }

                break;
            case RenameConstraint rename:
                Rename(rename);
                break;
            case SetTableComment set:
                table.Comment = set.Text;
                break;
            case SetIdentitySeed set when table.Columns.Find(c => c.Definition.Identity is not null) is { } column:
                column.Definition = column.Definition with { Identity = column.Definition.Identity! with { Seed = set.Seed } };
                break;
        }
    }

    /// <summary>Copies columns, and what else the template says, of another table; foreign keys stay behind.</summary>
    public void CopyFrom(FoldedTable model, TableTemplate template)
    {
        bool Has(TemplateParts parts) => (template.Parts & parts) != 0;
        foreach (var column in model.Columns)
        {
            var definition = column.Definition;
            var copy = AddColumn(
                definition with
                {
                    Default = Has(TemplateParts.Defaults) ? definition.Default : null,
                    // A serial column is numbered by its default, an identity column by itself.
                    Identity = Has(TemplateParts.Identity | TemplateParts.Defaults) ? definition.Identity : null,
                    Generated = Has(TemplateParts.Generated) ? definition.Generated : null,
                    Comment = Has(TemplateParts.Comments) ? definition.Comment : null,
                    Comments = Has(TemplateParts.Comments) ? definition.Comments : [],
                },
                mayMerge: template.Inherits);
            if (copy is not null && model.PrimaryKey is { } key && key.Parts.Any(p => Comparer.Equals(p.Column, column.Name)))
            {
                copy.Definition = copy.Definition with { Nullable = false };
            }
        }

        if (Has(TemplateParts.Indexes))
        {
            CopyKeys(model);
        }

        if (Has(TemplateParts.Checks))
        {
            foreach (var check in model.Checks)
            {
                // In PostgreSQL names of checks count within their table.
                Add(dialect == SchemaDialect.PostgreSql ? check : check with { Name = null });
            }
        }
    }

    private void CopyKeys(FoldedTable model)
    {
        // MySQL keeps the names, which count within the table; elsewhere they would be taken.
        Identifier? Name(Identifier? name) => dialect == SchemaDialect.MySql ? name : null;
        if (model.PrimaryKey is { } primaryKey)
        {
            Add(primaryKey with { Name = null });
        }

        foreach (var unique in model.Uniques)
        {
            Add(unique with { Name = Name(unique.Name) });
        }

        foreach (var index in model.Indexes)
        {
            Add(index with { Name = Name(index.Name) });
        }
    }
}
