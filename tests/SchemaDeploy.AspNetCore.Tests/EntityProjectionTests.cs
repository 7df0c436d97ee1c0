using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

/// <summary>Columns that no property shows are not read for clients.</summary>
public sealed class EntityProjectionTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task Columns_that_no_property_shows_are_not_read()
    {
        var gadget = await app.PostAsync("/api/gadgets", """{"text":"Seen","tags":["a","b"],"states":["USED"],"document":{"a":1}}""");
        var before = app.Commands.Count;

        var row = await app.GetAsync(gadget["Location"]!);
        var list = await app.GetAsync("/api/gadgets?sort=-id&limit=1");

        Assert.Equal(gadget.Text, row.Text);
        Assert.Equal(gadget.Text, list.Json.GetProperty("items")[0].GetRawText());
        var reads = app.Commands.Skip(before).Where(text => text.Contains("\"gadgets\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, reads.Count);
        Assert.All(reads, text => Assert.DoesNotContain("LowerText", text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_entity_that_is_its_properties_is_read_without_the_others()
    {
        using var database = new Shelf(new DbContextOptionsBuilder().UseSqlite().Options);
        Assert.NotEqual(ExpressionType.Constant, Project<Plain>(database).NodeType);
    }

    [Fact]
    public void Whatever_EF_Core_makes_in_another_way_is_left_to_it()
    {
        using var database = new Shelf(new DbContextOptionsBuilder().UseSqlite().Options);
        Assert.Equal(ExpressionType.Constant, Project<Shown>(database).NodeType);
        Assert.Equal(ExpressionType.Constant, Project<Constructed>(database).NodeType);
        Assert.Equal(ExpressionType.Constant, Project<Closed>(database).NodeType);
        Assert.Equal(ExpressionType.Constant, Project<Careful>(database).NodeType);
        Assert.Equal(ExpressionType.Constant, Project<General>(database).NodeType);
        Assert.Equal(ExpressionType.Constant, Project<Special>(database).NodeType);
        Assert.Equal(ExpressionType.Constant, Project<Owning>(database).NodeType);
        Assert.Equal(ExpressionType.Constant, Project<Composed>(database).NodeType);
        using var watched = new Shelf(new DbContextOptionsBuilder().UseSqlite().AddInterceptors(new Watch()).Options);
        Assert.Equal(ExpressionType.Constant, Project<Plain>(watched).NodeType);
    }

    private static Expression Project<TEntity>(DbContext database)
        where TEntity : class => Expression.Constant(null, typeof(IQueryable<TEntity>)).LeaveOutUnseen<TEntity>(database);

    private sealed class Shelf(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Shown>();
            HasHidden(modelBuilder.Entity<Plain>());
            HasHidden(modelBuilder.Entity<Constructed>());
            HasHidden(modelBuilder.Entity<Closed>());
            HasHidden(modelBuilder.Entity<Careful>());
            HasHidden(modelBuilder.Entity<General>());
            HasHidden(modelBuilder.Entity<Special>());
            HasHidden(modelBuilder.Entity<Owning>()).OwnsOne(row => row.Part);
            HasHidden(modelBuilder.Entity<Composed>()).ComplexProperty(row => row.Part);
        }

        private static EntityTypeBuilder<TEntity> HasHidden<TEntity>(EntityTypeBuilder<TEntity> entity)
            where TEntity : class
        {
            entity.Property<int>($"Hidden{typeof(TEntity).Name}");
            return entity;
        }
    }

    private sealed class Watch : IMaterializationInterceptor;

    private sealed class Shown
    {
        public int Id { get; set; }
    }

    private sealed class Plain
    {
        public int Id { get; set; }
    }

    private sealed class Constructed(int id)
    {
        public int Id { get; set; } = id;
    }

    private sealed class Closed
    {
        public int Id { get; private set; }
    }

    private sealed class Careful
    {
        private int _id;

        public int Id
        {
            get => _id;
            set => _id = Math.Max(value, _id);
        }
    }

    private class General
    {
        public int Id { get; set; }
    }

    private sealed class Special : General;

    private sealed class Owning
    {
        public int Id { get; set; }
        public Part Part { get; set; } = null!;
    }

    private sealed class Composed
    {
        public int Id { get; set; }
        public Part Part { get; set; } = null!;
    }

    private sealed class Part
    {
        public int Number { get; set; }
    }
}
